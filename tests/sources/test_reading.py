from __future__ import annotations

import gzip
import io
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import FormatError, InputError
from kg.sources import read_papers
from tests.sources.pages import Made, blank

ABSTRACT = "We présent a naïve method – it’s small. Our results on two datasets show that it holds. " * 4
PAGE = blank([Made("A Déjà Vu of Methods", ABSTRACT.strip()), Made("Second Look at Things", ABSTRACT.strip())])


def titles(*inputs) -> list[str]:
    return [p.title for p in read_papers(inputs)]


def put(folder: Path, name: str, data: bytes) -> Path:
    (folder / name).write_bytes(data)
    return folder / name


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_encodings_and_line_ends_make_no_difference(tmp_path, codec, end):
    file = put(tmp_path, "page.txt", PAGE.replace("\n", end).encode(codec))
    assert [(p.title, p.abstract, p.origins[0].line) for p in read_papers([file])] == [
        ("A Déjà Vu of Methods", ABSTRACT.strip(), 13),
        ("Second Look at Things", ABSTRACT.strip(), 17),
    ]


def test_latin_1_far_down_the_file_is_not_lost(tmp_path):
    plain = blank([Made(f"Paper {n} of Many", "We show that our method holds. " * 20) for n in range(3000)])
    file = put(tmp_path, "page.txt", (plain + "\n\nÜber Alles\n\n" + ABSTRACT).encode("cp1252"))
    assert titles(file)[-1] == "Über Alles"


def test_a_damaged_byte_in_utf_8_costs_that_byte_only(tmp_path):
    data = PAGE.encode()
    file = put(tmp_path, "page.txt", data.replace(b"Second", b"Sec\xffnd"))
    assert titles(file) == ["A Déjà Vu of Methods", "Sec\ufffdnd Look at Things"]


def test_a_file_cut_inside_a_character_is_read(tmp_path):
    assert titles(put(tmp_path, "page.txt", PAGE.encode() + "é".encode()[:1]))[0] == "A Déjà Vu of Methods"


def test_nul_bytes_are_dropped(tmp_path):
    assert titles(put(tmp_path, "p.txt", PAGE.replace("Second", "Sec\0ond").encode()))[1] == "Second Look at Things"


def test_gzip_is_unpacked_by_its_content(tmp_path):
    assert len(titles(put(tmp_path, "page.txt", gzip.compress(PAGE.encode())))) == 2


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "empty"),
        (b" \n\n", "empty"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "PNG image"),
        (b"%PDF-1.7\n...", "PDF"),
        (bytes(range(256)) * 50, "binary"),
        (b"\0" * 1000, "binary"),
        (b"plain words, no listing", "looked for"),
        (gzip.compress(PAGE.encode() * 50)[:-30], "cannot be read"),
    ],
)
def test_what_cannot_be_read_is_named_and_the_rest_goes_on(tmp_path, data, says):
    bad, good = put(tmp_path, "bad.txt", data), put(tmp_path, "good.txt", PAGE.encode())
    errors: list[InputError] = []
    papers = read_papers([bad, good], on_error=errors.append)
    assert len(errors) == 1 and says in str(errors[0]) and "bad.txt" in str(errors[0])
    assert "Second Look at Things" in [p.title for p in papers]
    with pytest.raises(InputError, match="bad\\.txt"):
        read_papers([bad, good])


def test_missing_paths_and_addresses_are_named(tmp_path):
    errors: list[InputError] = []
    read_papers([tmp_path / "nowhere.txt", "https://example.org/page"], on_error=errors.append)
    assert ["nowhere.txt" in str(errors[0]), "example.org" in str(errors[1])] == [True, True]


def test_a_folder_is_read_file_by_file(tmp_path):
    (tmp_path / "sub").mkdir()
    put(tmp_path, "b.txt", blank([Made("Only Here", ABSTRACT.strip())]).encode())
    put(tmp_path / "sub", "a.txt", PAGE.encode())
    put(tmp_path, ".hidden", b"nothing")
    found = read_papers([tmp_path])
    assert [p.origins[0].page for p in found] == ["b.txt", "sub/a.txt", "sub/a.txt"]


def test_a_graph_in_a_folder_is_no_input(tmp_path):
    put(tmp_path, "a.jsonl", b'{"id": "1", "title": "A Title", "abstract": "Text."}\n')
    graph = tmp_path / "deep" / "exports"
    (graph / "tables").mkdir(parents=True)
    put(graph, "manifest.json", b"{}")
    put(graph, "graph.json", b"{}")
    put(graph / "tables", "papers.parquet", b"PAR1")
    assert [paper.id for paper in read_papers([tmp_path])] == ["1"]
    with pytest.raises(InputError, match="holds a graph"):
        read_papers([graph])


def test_an_empty_folder_is_an_error(tmp_path):
    with pytest.raises(InputError, match="no files"):
        read_papers([tmp_path])


def test_standard_input_and_pipes_are_read(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(PAGE.encode())))
    assert read_papers(["-"])[0].origins[0].page == "-"
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_bytes, args=(PAGE.encode(),))
    writer.start()
    assert len(read_papers([pipe])) == 2
    writer.join()


@settings(max_examples=100, deadline=None)
@given(data=st.binary(max_size=3000))
def test_any_bytes_are_read_or_refused(tmp_path_factory, data):
    file = put(tmp_path_factory.mktemp("any"), "any.bin", data)
    try:
        read_papers([file])
    except InputError as error:
        assert "any.bin" in str(error)


def test_a_page_twice_is_read_once(tmp_path):
    file = put(tmp_path, "page.txt", PAGE.encode())
    assert len(read_papers([file, file])) == 2


def test_200_megabytes_are_refused_quickly_or_read_in_memory_of_their_size(tmp_path):
    line = b"nothing of interest on this line of a log file, number 000000000\n"
    put(tmp_path, "big.log", line * (200_000_000 // len(line)))
    code = (
        "import re, sys; from pathlib import Path; from kg.sources import read_papers\n"
        "errors = []; read_papers([sys.argv[1]], on_error=errors.append)\n"
        # Not ru_maxrss: that begins with what the process held that started this one.
        "peak = re.search(r'VmHWM:\\s+(\\d+) kB', Path('/proc/self/status').read_text())[1]\n"
        "print(len(errors), int(peak) // 1024)"
    )
    told = subprocess.run(
        [sys.executable, "-c", code, tmp_path / "big.log"], capture_output=True, text=True, timeout=60
    )
    errors, megabytes = map(int, told.stdout.split())
    assert (errors, megabytes < 300) == (1, True)


def test_a_folder_without_permission_is_named(tmp_path):
    if os.geteuid() == 0:
        pytest.skip("root may read everything")
    file = put(tmp_path, "page.txt", PAGE.encode())
    file.chmod(0)
    with pytest.raises(InputError, match="cannot be read"):
        read_papers([file])


def test_the_refusal_is_a_format_error(tmp_path):
    with pytest.raises(FormatError):
        read_papers([put(tmp_path, "x.txt", b"words")])
