"""English words for the verifier: what means the same, what turns a meaning round, what adds nothing."""


def words_in(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Turns of meaning: each group stands for one direction.
DIRECTIONS = {
    "up": "high higher raised elevated increased increase increases above over rise rises rose risen rising upper "
    "more heavier larger greater bigger longer increasing went_up gone_up goes_up climbed grew going_up",
    "down": "low lower lowered reduced reduce reduces decreased decrease decreases below under fall falls fell fallen "
    "falling less fewer lighter smaller shorter decreasing went_down gone_down goes_down dropped came_down bring_down "
    "brings_down bringing_down beneath declined going_down",
    "worse": "worse worsen worsens worsened worsening deteriorated deteriorate aggravate aggravates",
    "better": "better improve improves improved improving improvement",
}

NORMAL = "normal unremarkable in_range"
OUTSIDE = "out_of_range abnormal"
# Denies the noun that follows, no further; the other denials reach to the end of their clause.
NOUN_NEGATION = words_in("no without lack lacks neither nor nobody none")
NEGATION = words_in(
    "no not never none nothing without cannot neither nor n't isn't aren't don't doesn't didn't wasn't weren't "
    "can't won't shouldn't hasn't haven't hadn't couldn't nobody lack lacks negative"
)
# Denies the things in its list: "avoid hot drinks and smoking for a day".
AVOIDANCE = words_in("avoid avoids avoiding stay_away_from staying_away_from keep_away_from steer_clear_of")
AVOIDANCE_ENDS = words_in("for so to until because while helps help can may might will during after before if")
# "Allergies: none recorded" denies what stands before the colon.
EMPTY_ENTRY = (
    r"(?P<what>[^:;,.]+):\s*(?:none|no|never|negative|absent|not found|not detected|nil)"
    r"(?: (?:recorded|known|reported|found))?(?=\s*(?:$|[;,.]))"
)
_THE_RANGE = r"(?: (?:the|its|your|normal|usual|laboratory|lab|lab's|reference|expected|target))* (?:range|limits)\b"
IN_RANGE = r"\b(?:with)?in(?:side)?" + _THE_RANGE
OUT_OF_RANGE = r"\bout(?:side)?(?: of)?" + _THE_RANGE
TRAILING_NEGATION = ("not found", "not seen", "not detected", "not present", "absent", "ruled out", ": none", ": never",
                     "negative", ": no", "was not", "were not", "not shown", "not needed", "not advised",
                     "not recommended", "not allowed")  # fmt: skip

# How sure: 1 possible, 2 likely or usual. Nothing said counts as 3, a fact.
HEDGES = {
    1: "may might could can possible possibly perhaps maybe suspected suspicion suggests suggest sign_of consider "
    "query unclear uncertain",
    2: "likely probably probable usually generally tends tend often typically commonly mostly normally expected "
    "frequently as_a_rule most_often",
}
QUANTIFIERS = {
    "all": "all every always each entire both anyone everyone",
    "most": "most majority mostly",
    "many": "many often",
    "some": "some sometimes few rarely occasionally several occasional",
    "only": "only just solely",
    "never": "never nobody",
    "first": "first", "second": "second", "third": "third",
}  # fmt: skip
CAUSES = words_in(
    "because because_of due_to caused cause causes triggered result_of leads_to led_to lead_to thanks_to reason made "
    "makes make provoked set_off brought_on so_that"
)
PAST = words_in("was were had previous previously earlier before ago once past showed measured came used_to")
# What was only planned, has ended or lies behind must be said to be so.
STATUS = words_in(
    "stopped discontinued resolved booked planned scheduled ordered requested cancelled canceled declined refused "
    "pending awaiting expired former formerly previous previously paused withdrawn replaced ended postponed "
    "missed"
)
CURRENT = words_in("current currently now latest newest today present most_recent")
CONDITIONS = (
    r"(?<!even )\b(?:if|when)\b",
    r"\b(?:unless|only|until|except|as long as|provided|with|without|after|before|while|in case)\b",
)
FAMILY = words_in(
    "father mother sister brother son daughter parent parents uncle aunt cousin grandmother grandfather wife "
    "husband partner twin family dad mum mom"
)
SIDES = frozenset({"left", "right"})
ADVICE = (
    r"\b(?:should|must|ought to|(?:have|has|need|needs) to|make sure|be sure|it is best|recommend\w*|advis\w+"
    r"|important to|had better|try to|do not|don't|is to be|required|never|avoid)\b"
)
IMPERATIVES = words_in(
    "take stop start avoid increase decrease reduce raise lower drink eat use apply put rub call see go get keep "
    "do ask tell try skip double change switch wait rest exercise walk lift hold rinse wash clean wear check "
    "measure contact visit come bring fast swallow inject inhale lose gain cut limit add remove continue quit "
    "book make stay let give read follow protect sleep sit lie breathe chew"
)
NOT_A_SUBJECT = IMPERATIVES | words_in("used avoid required keep onset after before discontinue apply extract")
# Words that carry no clinical content of their own and need no source.
LIGHT = words_in(
    "a an the this that these those there here it its he she they them their his her you your yours we our us i "
    "my me is are was were be been being am do does did done has have had having will would shall of in on at to "
    "for from by with as and or but so than then also too very quite rather about into onto over under between "
    "among per within which who whom whose what when where while how why if because although though even such own "
    "same other result results reading readings value values level levels number numbers score scores figure "
    "figures range laboratory lab recorded record records recording noted shows show showed shown showing say "
    "says said according going measured came comes come comparing compared comparison roughly approximately "
    "around nearly almost amount amounts equal equals means mean meaning called known take takes taken taking "
    "took prescribed prescription time times day days week weeks month months year years hour hours minute "
    "minutes today date one once twice out up off down down just still again case way thing things part another "
    "later early late mid least most more less during since until through can could may might should must need "
    "needs want per each every any like medicine medicines medication medications drug drugs detected find cover "
    "covers covered part parts measure measures limit limits have_to has_to need_to needs_to shall current "
    "currently now previous earlier last latest found check checked checks test seen look looks given got get "
    "gets put ones both first second not no never none n't without neither nor"
)

# Verbs that do something to something: who does it to whom must not be turned round.
ACTS = words_in(
    "cause d:up d:down d:worse d:better prevent damage protect help alleviate provoked discontinue spreads work "
    "lead_to leads_to led_to treat trigger block remove replac affect reduc"
)
ASKING = words_in("ask tell talk speak discuss check call contact whether")
