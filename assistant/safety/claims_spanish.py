"""Spanish words for the verifier. Here it is strict: the source's own words or nothing."""

from assistant.safety.claims_lexicon import words_in

MARKERS = words_in(
    "el la los las un una unos unas de del al en con por para su sus tu tus se es son está están fue fueron ser "
    "estar ha han que y o pero si como más este esta estos estas lo le les muy también cuando donde desde entre "
    "sobre"
)
LIGHT = words_in(
    "usted ustedes ello ellos resultado resultados valor nivel niveles día días semana semanas mes meses año años "
    "hora horas vez veces uno a e u"
)
NEGATION = words_in("no sin nunca ningún ninguna ninguno nada ni tampoco jamás negativo evite evitar")
NOUN_NEGATION = words_in("sin ningún ninguna ninguno ni")
TRAILING_NEGATION = ("negativo", "ausente", "descartado", "descartada", ": no", ": ninguno", ": ninguna")
HEDGES = {
    1: words_in("puede pueden podría podrían posible posiblemente quizá quizás sospecha sugiere"),
    2: words_in("probable probablemente suele suelen generalmente normalmente usualmente frecuentemente"),
}
QUANTIFIERS = {
    "all": words_in("todo toda todos todas siempre cada ambos ambas"),
    "most": words_in("mayoría"),
    "some": words_in("algunos algunas algún alguna pocos pocas raramente"),
    "only": words_in("solo sólo solamente únicamente"),
    "side": words_in("izquierdo izquierda"),
    "other_side": words_in("derecho derecha"),
    "up": words_in("alto alta altos altas elevado elevada aumenta aumentó sube subió mayor encima"),
    "down": words_in("bajo baja bajos bajas reducido reduce disminuye disminuyó bajó menor debajo"),
    "condition": words_in("si excepto hasta salvo"),
}
