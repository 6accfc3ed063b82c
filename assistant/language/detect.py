"""Which language a message is written in. The patient's own choice wins over every guess."""

import copy
import re
from collections.abc import Iterable
from dataclasses import dataclass
from threading import Lock, Thread
from typing import Literal, Protocol

SUPPORTED = ("en", "es", "so", "zh", "vi", "ar", "fr", "ru", "pt", "tl", "ht", "ko", "am")

_FEWEST_LETTERS = 4
_FEWEST_WORDS_TO_SWITCH = 2
_FEWEST_WORDS_TO_REFUSE = 4
_SURE_SWITCH = 0.8
_SURE_UNSUPPORTED = 0.85
_LONGEST = 2_000
_DIALECTS = {"ary": "ar", "arz": "ar", "apc": "ar", "yue": "zh", "wuu": "zh", "lzh": "zh", "fil": "tl"}
_ABBREVIATION = re.compile(r"\b(?=\w*[A-Z0-9]\w*[A-Z0-9])\w+\b|\d+(?:[.,/:]\d+)*|[%°<>=±×]+")
_WORD = re.compile(r"\w+")
_DENSE = re.compile(r"[\u1100-\u11ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u1200-\u137f]")
_DRUG = re.compile(
    r"\b\w{2,14}(?:pril|sartan|statin|olol|dipine|prazole|formin|gliptin|gliflozin|glutide|cillin|mycin|cycline|"
    r"floxacin|azepam|zolam|triptan|oxetine|pramine|parin|xaban|thiazide|semide|sone|nide|profen|caine|codone|"
    r"morphine|amol|asone|olone|terol|tidine|setron|mab|nib|vir|azole|lamide|zepine|ridone|pine|line)a?\b"
)
TERMS = frozenset(
    {
        "a1c", "hba1c", "glucose", "creatinine", "ldl", "hdl", "tsh", "psa", "mri", "ct", "scan", "ecg", "ekg", "x-ray",
        "test", "tests", "lab", "labs", "result", "results", "check", "checkup", "refill", "refills", "er", "clinic",
        "hospital", "doctor", "nurse", "appointment", "copay", "medicare", "medicaid", "insurance", "portal", "online",
        "app", "email", "link", "password", "stress", "fitness", "diabetes", "cholesterol", "colesterol", "hemoglobin",
        "ferritin", "vitamin", "insulin", "insulina", "metformin", "lisinopril", "atorvastatin", "ibuprofen", "tylenol",
        "advil", "aleve", "aspirin", "aspirina", "paracetamol", "acetaminophen", "lantus", "humalog", "ozempic",
        "synthroid", "levothyroxine", "gabapentin", "prednisone", "warfarin", "eliquis", "xarelto", "plavix", "zoloft",
        "lexapro", "lasix", "albuterol", "ventolin", "amoxicillin", "omeprazole", "norvasc", "losartan", "cancer",
        "virus", "covid", "flu", "asthma", "hiv", "aids", "bypass", "stent", "biopsy", "colonoscopy", "mammogram",
        "ultrasound", "ok", "okay", "please", "thanks", "hello",
    }
)  # fmt: skip
"""Names of tests and medicines, and the English words that people of every language use at a hospital."""


@dataclass(frozen=True, slots=True)
class Detected:
    """`keep`: the session's language stays. `switch`: surely another supported one. `unsupported`: surely neither."""

    lang: str
    action: Literal["keep", "switch", "unsupported"]


class _Identifier(Protocol):
    def classify(self, text: str) -> tuple[str, float]: ...


class Detector:
    """py3langid, once restricted to our languages and once free; both share one model (100 MB in all).

    The model loads in the background; who asks earlier waits for it.
    """

    def __init__(self, languages: Iterable[str] = SUPPORTED, terms: Iterable[str] = TERMS) -> None:
        self._languages = frozenset(languages)
        self._terms = frozenset(term.lower() for term in terms)
        self._lock = Lock()
        self._models: tuple[_Identifier, _Identifier] | None = None
        Thread(target=self._load, name="language-model", daemon=True).start()

    def detect(self, text: str, session: str) -> Detected:
        """Names the language of a message in a chat that is held in `session`."""
        words = self._telling(text[:_LONGEST])
        if sum(char.isalpha() for char in words) < _FEWEST_LETTERS:
            return Detected(session, "keep")
        ours, free = self._load()
        near, near_sure = ours.classify(words)
        anything, sure = free.classify(words)
        anything = _DIALECTS.get(anything, anything)
        size = _size(words)
        if anything not in self._languages:
            refuse = sure >= _SURE_UNSUPPORTED and size >= _FEWEST_WORDS_TO_REFUSE
            return Detected(anything, "unsupported") if refuse else Detected(session, "keep")
        agreed = near == anything and near_sure >= _SURE_SWITCH and size >= _FEWEST_WORDS_TO_SWITCH
        return Detected(near, "switch") if agreed and near != session else Detected(session, "keep")

    def surely(self, text: str) -> str | None:
        """The language of a text of a few words where both models agree; for checking translations."""
        if _size(text) < _FEWEST_WORDS_TO_REFUSE:
            return None
        ours, free = self._load()
        (near, sure), (anything, _) = ours.classify(text[:_LONGEST]), free.classify(text[:_LONGEST])
        return near if sure >= _SURE_SWITCH and near == _DIALECTS.get(anything, anything) else None

    def _telling(self, text: str) -> str:
        """The words that tell a language: no numbers, abbreviations, medicines or borrowed hospital words."""
        plain = _DRUG.sub(" ", _ABBREVIATION.sub(" ", text))
        return " ".join(word for word in plain.split() if word.strip(".,;:!?¿¡()\"'").lower() not in self._terms)

    def _load(self) -> tuple[_Identifier, _Identifier]:
        with self._lock:
            if self._models is None:
                from py3langid.langid import MODEL_FILE, LanguageIdentifier

                free = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
                ours = copy.copy(free)
                ours.set_languages(sorted(self._languages))
                self._models = (ours, free)
            return self._models


def _size(text: str) -> int:
    """Words, or a third of the characters where a language writes without spaces or in long syllables."""
    return max(len(_WORD.findall(text)), len(_DENSE.findall(text)) // 2)
