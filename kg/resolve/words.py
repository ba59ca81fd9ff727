"""Closed lists of words that the identity rules know: vendors, generic heads, qualifiers, form factors."""

from __future__ import annotations

from collections.abc import Mapping


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


ARTICLES = frozenset({"a", "an", "the"})
STOPWORDS = frozenset(
    {*ARTICLES, "of", "and", "for", "in", "on", "with", "from", "to", "by", "via", "at", "as", "or", "is", "using", "s"}
)

VENDORS: Mapping[str, frozenset[str]] = {
    "Model": _set(
        "google openai meta microsoft anthropic nvidia alibaba facebook ibm amazon apple baidu tencent bytedance "
        "deepseek-ai meta-llama mistralai huggingface salesforce databricks xai google-deepmind deepmind "
        "stabilityai zhipu zai moonshot moonshotai tiiuae eleutherai bigscience allenai facebookresearch "
        "thudm internlm baichuan-inc openbmb lmsys huggingfaceh4 stanford sentence-transformers runwayml compvis "
        "black-forest-labs adept cohere cohereforai ai21 ai21labs nousresearch opengvlab 01-ai hugging-face "
        "inclusionai minimaxai skywork"
    )
    | {"google deepmind", "meta ai", "mistral ai", "stability ai", "allen ai", "hugging face", "google research"},
    "Hardware": _set(
        "nvidia amd intel google apple qualcomm huawei tesla geforce quadro instinct microsoft livox velodyne ouster "
        "meta samsung xilinx aws amazon ibm arm mediatek unitree graphcore groq habana broadcom universal-robots "
        "franka-emika bytedance fujitsu"
    )
    | {"universal robots", "franka emika", "boston dynamics", "boston-dynamics", "google cloud"},
    "Dataset": frozenset({"ms", "microsoft", "google", "openai", "nih", "stanford-nlp", "the"}),
    "Method": frozenset({"nvidia", "microsoft", "openai", "meta", "google"}),
}

GENERIC: Mapping[str, frozenset[str]] = {
    "Model": frozenset({"model", "llm", "vlm", "mllm", "family", "series", "backbone", "checkpoint", "network",
                        "variant", "parameter", "hf", "system", "lm", "architecture"}),
    "Method": frozenset({"method", "algorithm", "framework", "technique", "approach", "optimizer", "architecture",
                         "library", "loss", "model", "toolkit", "module", "scheme", "paradigm", "objective", "recipe"}),
    "Dataset": frozenset({"dataset", "benchmark", "corpu", "corpus", "suite", "leaderboard", "data", "corpora",
                          "challenge", "collection", "environment", "task", "test", "set", "testbed", "simulator"}),
    "Hardware": frozenset({"gpu", "accelerator", "card", "processor", "cpu", "chip", "device", "board", "cluster",
                           "tensor", "core", "machine", "node", "server", "series", "platform", "robot", "arm",
                           "system", "workstation", "headset", "soc", "edition", "humanoid"}),
    "Task": frozenset({"task", "problem"}),
    "Metric": frozenset({"score", "metric", "coefficient", "measure", "similarity", "value"}),
}  # fmt: skip

IDLE: Mapping[str, frozenset[str]] = {"Model": frozenset({"parameter", "hf"}), "Hardware": frozenset({"model"})}

FORM_FACTORS: Mapping[str, str] = {
    **{name: name for name in ("sxm", "pcie", "nvl", "mobile", "oam", "smx")},
    **{f"sxm{number}": "sxm" for number in range(2, 7)},
    "pci": "pcie",
    "agx": "agx",
    "laptop": "mobile",
    "maxq": "mobile",
    "notebook": "mobile",
    "hbm2": "hbm",
    "hbm2e": "hbm",
    "hbm3": "hbm",
}
# What stands after a model's name in the name of a thing made with it: no kind of that model.
MADE_WITH = _set(
    "generated augmented synthesized annotated labeled written judged assisted powered driven inspired style like"
)
SNAPSHOTS = frozenset({"preview", "latest", "snapshot", "exp", "experimental"})

MODEL_SUFFIXES: Mapping[str, str] = {
    "instruct": "it",
    "instruction": "it",
    "vision": "v",
    "tiny": "t",
    "small": "s",
    "base": "b",
    "large": "l",
    "huge": "h",
    "giant": "g",
    "extralarge": "xl",
}
SHORT: Mapping[str, str] = {"rl": "reinforcementlearning"}

LANGUAGES: Mapping[str, str] = {
    "english": "en", "german": "de", "french": "fr", "chinese": "zh", "czech": "cs", "russian": "ru", "spanish": "es",
    "japanese": "ja", "korean": "ko", "romanian": "ro", "italian": "it", "portuguese": "pt", "finnish": "fi",
    "turkish": "tr", "arabic": "ar", "hindi": "hi", "vietnamese": "vi", "dutch": "nl", "polish": "pl",
}  # fmt: skip

PREPOSITIONS = STOPWORDS - ARTICLES - {"and", "or", "is", "s"}
# A task is an activity: its head is made of a verb, or one of a few words that are not.
ACTIVITY_ENDINGS = ("tion", "sion", "xion", "ing", "ment", "ance", "ence", "sis", "qa")
ACTIVITIES = _set(
    "search control dialog use design transfer repair odometry play retrieval removal renewal capture discovery "
    "recovery nli ner asr ocr mt"
)

QUALIFIERS = _set(
    "double dueling deep online offline multi multihead multi-head multi-agent zero-shot few-shot one-shot conditional "
    "recurrent sparse linear vanilla distributed federated hierarchical adaptive bidirectional causal stochastic "
    "iterative robust private differentially dynamic static continuous discrete soft hard fast parallel asynchronous "
    "synchronous incremental kernel weighted unweighted balanced masked grouped global local naive standard improved "
    "enhanced extended generalized regularized constrained bayesian variational probabilistic spectral temporal "
    "spatial multimodal multilingual multi-modal cross-lingual unsupervised supervised self-supervised semi-supervised "
    "weakly-supervised agentic graph-based token-level sequence-level step-wise stepwise group-wise mini tiny split "
    "permuted rotated sequential long-tailed noisy micro macro top mean average convolutional quantum rotary full "
    "structured unstructured low-rank open-vocabulary open-domain end-to-end multi-step multi-turn multi-query"
)
