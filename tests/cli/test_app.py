from __future__ import annotations

import itertools
import json
import re
import shlex
import signal
import subprocess
import sys
import time
from pathlib import Path

import click
import pytest

from kg.cli.app import kg as group
from kg.cli.command import Command, command

NAMES = group.list_commands(click.Context(group))


def process(*arguments: object, **options) -> subprocess.Popen:
    line = [sys.executable, "-m", "kg", *map(str, arguments)]
    return subprocess.Popen(line, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **options)


@pytest.mark.parametrize("name", NAMES)
def test_every_command_explains_itself_with_examples_that_parse(kg, name):
    told = kg(name, "--help")
    assert told.code == 0
    assert "Examples:" in told.out
    made = group.get_command(click.Context(group), name)
    assert isinstance(made, Command) and made.help
    for option in made.params:
        assert isinstance(option, click.Argument) or option.help or option.name == "form", option.name
    for example in made.examples:
        words = shlex.split(re.split(r"\s{3,}", example)[0])
        words = list(itertools.takewhile(lambda word: word not in ("|", "<", ">"), words))
        words = words[next(i for i, word in enumerate(words) if word == "kg") :]
        assert words[:2] == ["kg", name]
        with made.make_context(name, words[2:], resilient_parsing=True) as context:
            assert not context.args


def test_the_overview_names_every_command_and_the_exit_codes(kg):
    told = kg("--help")
    assert all(re.search(rf"^  {name} ", told.out, re.MULTILINE) for name in NAMES)
    assert "130" in told.out


def test_help_loads_nothing_heavy():
    code = (
        "import sys\nfrom kg.cli.app import run\nrun(['--help'])\n"
        "print('HEAVY', sorted({m.split('.')[0] for m in sys.modules} & set(sys.argv[1].split())))"
    )
    heavy = "pyarrow spacy numpy rdflib networkx neo4j rich onnxruntime pyoxigraph kglite pyvis"
    told = subprocess.run([sys.executable, "-c", code, heavy], capture_output=True, text=True, check=True)
    assert told.stdout.splitlines()[-1] == "HEAVY []"


def test_the_version_is_that_of_the_package(kg):
    import kg as package

    assert kg("--version").out.strip() == f"kg {package.__version__}"


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["biuld"], 2, "Did you mean 'build'"),
        (["build"], 2, "Missing argument"),
        (["build", "x.txt", "--profile", "slow"], 2, "slow"),
        (["build", "x.txt", "--captured", "yesterday"], 2, "yesterday"),
        (["build", "nowhere.txt", "-o", "{tmp}/out"], 3, "nowhere.txt"),
        (["stats", "-g", "{tmp}/none"], 4, "kg build"),
        (["schema", "Paprika"], 4, "Paper"),
        (["export", "turtel"], 1, "turtle"),
        (["export", "turtle", "html", "-o", "x"], 2, "one format"),
    ],
)
def test_mistakes_are_named_with_their_mend(kg, tmp_path, arguments, code, says):
    told = kg(*(argument.format(tmp=tmp_path) for argument in arguments))
    assert told.code == code
    assert says in told.err and not told.out
    assert "Traceback" not in told.err


def test_a_reader_that_has_seen_enough_is_no_error(sample):
    writer = process("extract", sample, "--profile", "fast")
    first = writer.stdout.readline()
    writer.stdout.close()
    complaint = writer.stderr.read()
    writer.stderr.close()
    assert writer.wait() in (0, 141)
    assert json.loads(first)["title"].startswith("PebbleTune")
    assert complaint == ""


@pytest.mark.parametrize("moment", [0.8, 1.4, 1.6, 1.8, 4.0])
def test_ctrl_c_stops_cleanly(tmp_path, moment):
    pages = tmp_path / "many.jsonl"
    lines = (json.dumps({"title": f"Paper {n}", "abstract": "We train BERT on SQuAD. " * 40}) for n in range(20_000))
    pages.write_text("\n".join(lines))
    out = tmp_path / "out"
    builder = process("build", pages, "-o", out, "--profile", "fast")
    time.sleep(moment)
    builder.send_signal(signal.SIGINT)
    _, err = builder.communicate(timeout=60)
    assert builder.returncode == 130
    assert err.strip().endswith("kg: stopped") and "Traceback" not in err
    assert not (out / "tables").exists()


def test_a_terminal_that_knows_little_gets_what_it_can_show(built):
    import os

    query = "RETURN 'שלום × “quoted”' AS said"
    told = process(
        "cypher",
        query,
        "-g",
        built,
        "--format",
        "csv",
        env={**os.environ, "PYTHONIOENCODING": "cp1252"},
        encoding="cp1252",
    )
    out, err = told.communicate()
    assert (told.returncode, err) == (0, "")
    assert "\\u05e9" in out


def test_a_command_belongs_to_a_known_section():
    with pytest.raises(ValueError, match="no section"):
        command("Nowhere", "kg x")(lambda: None)


def test_the_module_runs_like_the_command():
    told = subprocess.run([sys.executable, "-m", "kg", "--version"], capture_output=True, text=True, check=True)
    assert told.stdout.startswith("kg ")
    assert Path(sys.executable).exists()
