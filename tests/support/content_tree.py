"""A small, complete and valid content folder for tests; every sentence in it is invented for them."""

from pathlib import Path

REVIEW = "status: sample, not clinically reviewed\nreview_by: 2027-11-01\n"
SOURCES = 'sources:\n  - {id: s1, title: "A page", publisher: "A library", url: "https://example.org/page"}\n'

_LABS = {
    "hba1c": ("4548-4", "sugar", "HbA1c", "average blood sugar", "a1c", "glucose"),
    "glucose": ("2345-7", "sugar", "Glucose", "blood sugar now", "sugar level", "hba1c"),
}
_WORDS = {
    "en": ("This test looks at {0}.", "Ask what your number means."),
    "es": ("Esta prueba mira {0}.", "Pregunte qué significa su número."),
}
_ARTICLES = {
    ("education", "en", "type_2_diabetes"): (
        "Type 2 diabetes", "condition", ["diabetes", "sugar diabetes"], [],
        {
            "what": ("What it is", "With type 2 diabetes, sugar builds up in your blood. It often starts slowly."),
            "helps": ("What helps", "Walking each day helps. Eating less sugar helps too."),
            "team": ("When to call", "Call your care team if you are very thirsty."),
        },
    ),
    ("education", "es", "type_2_diabetes"): (
        "Diabetes tipo 2", "condition", ["diabetes", "azúcar alta"], [],
        {
            "what": ("Qué es", "Con la diabetes tipo 2, el azúcar se acumula en la sangre. Empieza poco a poco."),
            "helps": ("Qué ayuda", "Caminar cada día ayuda. Comer menos azúcar también ayuda."),
            "team": ("Cuándo llamar", "Llame a su equipo médico si tiene mucha sed."),
        },
    ),
    ("education", "en", "high_blood_pressure"): (
        "High blood pressure", "condition", ["hypertension", "high bp"], [],
        {
            "what": ("What it is", "Blood pushes hard on the walls of your arteries. Most people feel nothing."),
            "helps": ("What helps", "Less salt helps. Moving more helps. Quitting smoking helps."),
            "team": ("When to call", "Call your care team if home readings stay high."),
        },
    ),
    ("education", "es", "high_blood_pressure"): (
        "Presión alta", "condition", ["hipertensión"], [],
        {
            "what": ("Qué es", "La sangre empuja fuerte en las arterias. La mayoría no siente nada."),
            "helps": ("Qué ayuda", "Menos sal ayuda. Moverse más ayuda. Dejar de fumar ayuda."),
            "team": ("Cuándo llamar", "Llame a su equipo médico si las lecturas siguen altas."),
        },
    ),
    ("medicines", "en", "metformin"): (
        "Metformin", "medicine", ["sugar pill"], ["metformin", "Glucophage"],
        {
            "what": ("What it does", "Metformin lowers the sugar that the liver makes."),
            "taking": ("Taking it", "Take it with food, as your label says."),
            "common": ("Common effects", "It can upset the stomach at first."),
            "serious": ("Serious effects", "Call at once if you breathe fast and feel very weak."),
            "ask": ("Ask first", "Ask your pharmacist before a scan with dye."),
        },
    ),
    ("medicines", "es", "metformin"): (
        "Metformina", "medicine", ["pastilla del azúcar"], ["metformina"],
        {
            "what": ("Qué hace", "La metformina baja el azúcar que hace el hígado."),
            "taking": ("Cómo tomarla", "Tómela con comida, como dice la etiqueta."),
            "common": ("Efectos comunes", "Puede caer mal al estómago al principio."),
            "serious": ("Efectos graves", "Llame ya si respira rápido y se siente muy débil."),
            "ask": ("Pregunte antes", "Pregunte a su farmacéutico antes de un estudio con contraste."),
        },
    ),
}  # fmt: skip
_SCRIPTS = {
    "en": ("Call {emergency_number} now.", "Call {emergency_number}", "Sit down.", "Stay on the line."),
    "es": ("Llame al {emergency_number} ya.", "Llamar al {emergency_number}", "Siéntese.", "No cuelgue."),
}


def write_tree(folder: Path) -> Path:
    """Writes the whole tree and returns `folder`."""
    for path, body in tree().items():
        put(folder, path, body)
    return folder


def put(folder: Path, path: str, body: str) -> None:
    target = folder / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(body.encode())


def tree() -> dict[str, str]:
    """Path and body of every file."""
    files = {f"labs/{name}.yaml": lab_facts(name) for name in _LABS}
    files |= {f"labs/{lang}/{name}.yaml": lab_words(name, lang) for name in _LABS for lang in _WORDS}
    files |= {f"{folder}/{lang}/{name}.md": article(folder, lang, name) for folder, lang, name in _ARTICLES}
    for lang in _WORDS:
        files[f"scripts/cardiac/{lang}.md"] = script(lang)
        files[f"questions/{lang}/diabetes_visit.yaml"] = question_set(lang)
        files[f"intents/{lang}/explain_lab.yaml"] = f"intent: explain_lab\nlang: {lang}\nexamples:\n  - hba1c {lang}\n"
        files[f"frames/{lang}.yaml"] = f'lang: {lang}\n{REVIEW}frames:\n  value: "{{name}}: {{value}}"\n'
    files["danger/rules.yaml"] = "rules:\n  - {id: cardiac.chest_pain}\n"
    return files


def lab_facts(name: str) -> str:
    loinc, group, _, _, _, related = _LABS[name]
    return (
        f'id: {name}\nloinc: ["{loinc}"]\ngroup: {group}\nunit: "%"\n'
        f'units: {{"mmol/mol": {{factor: 0.09148, offset: 2.152}}}}\ndecimals: 1\nplausible: [2, 25]\n'
        f"ranges:\n  - {{high: 5.6, source: s1}}\nrelated: [{related}]\n{SOURCES}{REVIEW}"
    )


def lab_words(name: str, lang: str) -> str:
    _, _, title, plain_name, alias, _ = _LABS[name]
    measures, question = _WORDS[lang]
    return (
        f"id: {name}\nlang: {lang}\nname: {title}\nplain_name: {plain_name}\naliases: [{alias}]\n"
        f'statements:\n  measures:\n    - {{text: "{measures.format(plain_name)}", source: s1}}\n'
        f'questions:\n  - {{text: "{question}", source: s1}}\n'
    )


def article(folder: str, lang: str, name: str) -> str:
    title, kind, aliases, drugs, sections = _ARTICLES[folder, lang, name]
    front = f"id: {name}\nlang: {lang}\ntitle: {title}\nkind: {kind}\naliases: [{', '.join(aliases)}]\n"
    front += f'codes: ["44054006"]\ndrugs: [{", ".join(drugs)}]\nsummary: About {title}.\n{SOURCES}{REVIEW}'
    body = "\n\n".join(f"## {heading} {{#{key} .s1}}\n{text}" for key, (heading, text) in sections.items())
    return f"---\n{front}---\n{body}\n"


def script(lang: str) -> str:
    title, label, step, closing = _SCRIPTS[lang]
    front = f'id: cardiac\nlang: {lang}\ntone: emergency\ntitle: "{title}"\ncall: "{{emergency_number}}"\n'
    front += f'call_label: "{label}"\n{SOURCES}{REVIEW}'
    return f"---\n{front}---\n- {step}\n\n{closing}\n"


def question_set(lang: str) -> str:
    return (
        f"id: diabetes_visit\nlang: {lang}\nkind: visit\ntitle: Diabetes {lang}\naliases: [diabetes]\n"
        f'questions:\n  - {{text: "{_WORDS[lang][1]}", source: s1}}\n{SOURCES}{REVIEW}'
    )
