"""A treatment and the words around it in, the status that they settle by themselves out: 'took him off work'."""

from __future__ import annotations

import re

from mednec.expressions.patterns import compiled
from mednec.findings.parse import Parsed
from mednec.findings.therapy.changed import changed
from mednec.findings.therapy.mention import Mention
from mednec.findings.therapy.status import PLANNING

DUTY = compiled(
    r"off (?:of )?work|out of work|no work|(?:light|modified|limited|restricted|desk|sedentary)[- ]dut", re.I
)
ON_DUTY_NOW = compiled(
    r"\b(?:has|have)\s+been\s+(?:\w+\s+)?$|\b(?:is|remains|currently|still|stays)\s+(?:\w+\s+){0,3}$"
    r"|\bcontinues\s+(?:to\s+(?:be|work)\s+)?(?:\w+\s+){0,3}$",
    re.I,
)
ON_DUTY_THEN = compiled(
    r"\b(?:was|were|been|being|went|stayed|kept|remained|took|taken|pulled|put|placed|held)\s+"
    r"(?:(?:him|her|them|back|again|subsequently|then|initially|first|on|in|an?)\s+)*$"
    r"|\b(?:continued\s+to\s+(?:be|work)|worked|able\s+to\s+return\s+to\s+work|"
    r"returned(?:\s+back)?\s+to(?:\s+work)?)\s+"
    r"(?:[\w-]+\s+){0,6}$",
    re.I,
)
TO_BE = compiled(
    r"(?<!returned )(?<!back )\b(?:to|should|will|told|advised|recommend\w*|may|can|must)\s+(?:be\s+)?(?:\w+\s+)?$",
    re.I,
)
BECAUSE = compiled(r"\b(?:because|since|as|after|when)\s+(?:(?:the|her|his|this)\s+)?$", re.I)
MADE_ILL = compiled(
    r"\s+(?:\d[\w.-]*\s*(?:mg|mcg)?\s+)?(?:(?:was|were|had been)\s+(?:causing|making|giving)|caused|made\s+(?:her|him)"
    r"|gave\s+(?:her|him)|upset)\b",
    re.I,
)
GOES_ON = (
    r"\b(?:continu(?:e[sd]?|ing)|resum(?:e[sd]?|ing))\s+(?:on\s+|with\s+|taking\s+)?"
    r"(?:(?:all|of|any|her|his|the|their|same|current|previous|prior|usual|other|home|regular|routine|outpatient|"
    r"prehospital|"
    r"pre-?admission|chronic|present|existing)\s+)*(?:medications?|meds|medicines|drugs)\b"
)
HEADS_LIST = compiled(GOES_ON + r"[^.;:\n]{0,60}:\s*(?:\n|$)", re.I)
IN_A_ROW = compiled(GOES_ON + r"[^.;:\n]{0,60}?\b(?:includ\w+|are|consist\w*(?: of)?|namely|such as)\b", re.I)
ITEMS = compiled(r"(?:[ \t]*(?:\d{1,2}[.)]|[-*\u2022])[^\n]*\n+)*[ \t]*(?:\d{1,2}[.)]|[-*\u2022])[^\n]*$")
FAR = 1500  # characters from which a line may head a list
CAN_TAKE = compiled(
    r"\bbut\s+(?:\w+\s+){0,3}(?:(?:can|may|is able to)\s+(?:take|get|have|use|tolerate|receive)|takes|tolerates)"
    r"\s+(?:\w+\s+){0,2}$",
    re.I,
)
TO_STOP = compiled(
    r"(?:\s+\d[\w.,-]*(?:\s*mg)?)?\s+(?:will|should|is to|are to|can|needs? to)\s+(?:now\s+|also\s+|then\s+)?be\s+"
    r"(?:discontinued|stopped|held|d/?c'?d)\b",
    re.I,
)
WISHED = compiled(r"\b(?:desires?|wants?|wishes|requests?|elects?|opts?)\s+(?:an?\s+|for\s+)?attempted\s+$", re.I)
TOLD_TO_STOP = compiled(  # 'she is to stop the ibuprofen', 'I asked him to discontinue Mobic'
    r"(?<!not )(?<!unable )(?<!wants )(?<!want )(?<!able )\b(?:to|should|will|must|can)\s+"
    r"(?:now\s+|also\s+|immediately\s+)?(?:stop|discontinue|d/?c|quit|come off(?: of)?)"
    r"(?:\s+(?:taking|using|with))?\s+(?:(?:the|her|his|all|any)\s+)*$",
    re.I,
)
NOT_DONE = r"(?:tried|try|had|have|undergone|received|done|used|taken|taking|attended|attend|seen|started|filled|gone)"
NOR_TRIED = compiled(
    rf"\b(?:nor|neither)\s+(?:has|had|have|did|is|was)\s+(?:he|she|they|the patient|it)\s+(?:ever\s+|yet\s+)?"
    rf"(?:been\s+(?:on|to|given|offered)|{NOT_DONE})\s+(?:(?:an?|any|the)\s+)*$",
    re.I,
)
ADVISED = compiled(
    r"\b(?:wanted\s+(?:to\s+(?:start|put|try)|h(?:er|im)\s+(?:on|to))|suggest|recommend|advis|offer|order|prescri|"
    r"refer|"
    r"encourag|given|gave)\w*\b",
    re.I,
)
NOT_DONE_YET = compiled(  # 'suggested Pilates; he has not done this', 'recommended therapy, but she has not gone'
    rf"[^.;,]{{0,40}}[;,.]?\s*(?:but|which|and|however,?)?\s*(?:he|she|the patient)\s+(?:has|had|have|did)"
    rf"(?:\s+not|n't|\s+never)\s+(?:yet\s+|as\s+yet\s+)?(?:{NOT_DONE}|do|go)(?:\s+(?:this|it|so|that|these|them|"
    rf"through|yet))*\s*(?:[.;,]|$)"
    r"|,?\s+but\s+[^.;]{0,60}\band\s+(?:did\s+not|didn't|never)\s+(?:take|took|start|started|fill|filled|try|tried|"
    r"go|went|attend|use)"
    r"(?:\s+(?:it|them|this))?\s*(?:[.;,]|$)",
    re.I,
)
TREATED = compiled(  # 'was initially treated by Dr. Roe with', a list follows
    r"\b(?:was|were|had been)\s+(?:(?:initially|first|then|also|subsequently|originally|previously)\s+)*"
    r"(?:treated|managed)\s+"
    r"(?:(?:by|at|in|there|initially|conservatively|medically|symptomatically)\b"
    r"(?:[^.;]|(?<=\bDr)\.){0,40}?\s)?with\s+(?!little|no\b|good)[^.;:]{0,80}$",
    re.I,
)
TAUGHT_IN = compiled(
    r"\b(?:taught|learned|learnt|shown|instructed|received)\s+(?:(?:to|by)\s+\w+\s+)?(?:in|at|during)\s+$", re.I
)
WAITED_FOR = compiled(r"\bwait(?:ing|ed|s)?\s+(?:[\w-]+\s+){0,4}for\s+(?:[\w-]+\s+){0,2}\Z", re.I)
BEST_OPTION = compiled(
    r"\s+(?:is|are|was|would be|may be|might be|remains|seems|was felt to be)\s+(?:probably\s+|now\s+|likely\s+)?"
    r"(?:her|his|the|an?|their)\s+(?:only\s+|next\s+|remaining\s+)*(?:best|only|next|reasonable|good|logical|viable|"
    r"sensible|"
    r"remaining|better)\s*(?:option|choice|step|course|alternative|chance)?\b",
    re.I,
)
GOES_WELL = compiled(
    r"\s+(?:is\s+|are\s+)?(?:going|progressing)\s+(?:very\s+|quite\s+)?(?:well|fine|okay|ok|nicely)\b", re.I
)
UNTIL_OFF = compiled(r"\buntil\b[^.;]{0,80}\boff\s+(?:of\s+)?(?:(?:the|her|his|all)\s+)*$", re.I)
VISIT = compiled(
    r"\b(?:returned|went back|went|came back|been)\s+to\s+(?:see\s+)?(?:(?!\bto\b)[\w.,']+\s+){1,5}for\s+(?:an?\s+)?$",
    re.I,
)
USED_TO = compiled(  # 'was doing home exercises until a month ago'
    r"\b(?:(?:was|were|had been)\s+(?:\w+ly\s+)?(?:doing|taking|using|wearing|attending|going to|receiving|seeing|"
    r"on|in)"
    r"|used to (?:do|take|use|wear|go to|see|be on))\s+(?:[\w-]+\s+){0,3}$",
    re.I,
)
UNTIL_THEN = compiled(
    r"[^.;:]{0,50}?\buntil\s+(?:(?:about|approximately|around|roughly|just|sometime)\s+)*(?:an?|one|two|three|"
    r"several|last|this past|\d|"
    r"recently|january|february|march|april|may|june|july|august|september|october|november|december|spring|summer|"
    r"fall|winter|"
    r"(?:s?he|it|they|the (?:pain|patient|pandemic|surgery|accident)|his|her|insurance)\s+[\w\s]{0,20}?"
    r"(?:stopped|ran out|quit|was|were|had|became|got|grew|did|could|lost|moved|retired|developed))\b",
    re.I,
)
NOT_THOUGHT = compiled(
    r"\b(?:(?:do|does|did)(?:\s+not|n't)|never)\s+(?:feel|felt|think|believe|see)\s+(?:that\s+)?(?:any\s+|an?\s+|"
    r"the\s+|further\s+|more\s+"
    r"|additional\s+|repeat\s+)*(?:\w+\s+)?$",
    re.I,
)
INDICATED = compiled(
    r"\s+(?:is|are|was|were|would be|will be)\s+(?:\w+ly\s+)?(?:indicated|warranted|necessary|needed|required|"
    r"appropriate|advisable|an option|"
    r"of (?:any\s+)?benefit)\b",
    re.I,
)
IMPLANTS = ("spinal_cord_stimulator", "intrathecal_pump")
IN_PLACE = compiled(
    r"\s+(?:(?:is|remains|which is|currently)\s+)*(?:in place|in situ|implanted and (?:working|functioning)|"
    r"turned on|functioning|working well)\b",
    re.I,
)
SO_FAR = compiled(r"[^.;:]{0,40}?\b(?:so far|thus far)\b", re.I)
HAD_SOME = compiled(
    r"\b(?:has|have)\s+(?:\w+ly\s+)?"
    r"(?:had|completed|attended|done|been to|finished|gone to|received)\s+(?:[\w-]+\s+){0,6}$",
    re.I,
)
HAD_TO_STOP = compiled(  # 'Cymbalta was added but she had to stop because of nausea'
    r"[^.;:,]{0,40},?\s(?:but|and|until)\s+(?:(?:s?he|the patient|pt|they)\s+)?(?:then\s+|soon\s+|eventually\s+)?"
    r"(?:(?:had|has|needed|was forced)\s+to\s+(?:stop|quit|discontinue)|stopped|quit|discontinued)"
    r"(?:\s+(?:it|this|that|them|taking\s+(?:it|this|them)|the\s+(?:medication|medicine|drug)))?"
    r"\s*(?:[.,;]|$|\b(?:because|due|secondary|after|when|on account|for|owing)\b)",
    re.I,
)
WAS_TO_GO = compiled(
    r"\b(?:was|were)\s+to\s+(?:see|start|begin|go to|undergo|have|get|attend|return (?:to|for))\s+(?:\w+\s+){0,2}$",
    re.I,
)

WAS_TO_COME = compiled(  # 'PT was to run through February'; where it did, that is told too
    r"[^.;:,\n]{0,40}?\s(?:was|were|is|are|had\s+been)\s+(?:(?:supposed|meant|due|scheduled|slated|expected|going|set|about|intended|planned)\s+)?"
    r"to\s+(?:(?<=were\sto\s)(?:run|last|continue)|(?<=was\sto\s)(?:run|last|continue)|start|begin|go|be|have|take\s+place|commence|follow|resume|open|occur|happen|finish|end|cover|include|get\s+under\s*way)\b"
    r"(?!\s+(?:no|of\s+no)\b)",
    re.I,
)
PLANNED_HERE = compiled(  # a label within the line: 'Low back pain for a year. Plan: PT for 8 weeks'
    r"\W*(?:the\s+)?(?:plan|plans|orders?|recommend(?:ation)?s?|to\s+do|next\s+steps?|plan\s+of\s+care|treatment\s+plan)\s*:\s*"
    r"(?:(?!\b(?:s/p|had|has|have|did|complet\w+|fail\w+|finish\w+|tried|underwent|cont\w*|after|despite|since|given|as|discharg\w+|discontinu\w+|hold|stop\w*|d/?c'?d?)\b)[^:;.])*\Z",
    re.I,
)
HAS_FAILED = compiled(
    r"\b(?:(?:has|have|had)\s+(?:all\s+|both\s+|now\s+)?(?:failed|not\s+helped|brought|given|done)|failed|did\s+not|without\s+(?:relief|benefit|success))\b",
    re.I,
)
CAME_ABOUT = compiled(
    r"\b(?:and\s+(?:it\s+)?(?:did|was|has|ran|took)"
    r"|which\s+(?:it\s+)?(?:did|was\s+done|ran)|(?:he|she|they|the\s+patient|pt)\s+(?:has\s+|had\s+)?"
    r"(?:went|did|attended|completed|finished|kept|made|gone|done)|as\s+planned|completed|attended)\b(?!\s+not|n't)",
    re.I,
)


def beside(parsed: Parsed, mention: Mention) -> str | None:
    """The status that the words directly around a treatment settle, whatever else its sentence says; None elsewhere."""
    text, first = parsed.text, parsed.sentence_at(mention.start).start
    near = max(first, mention.start - 90)
    if NOR_TRIED.search(text, near, mention.start) or _was_only_advised(text, mention, near):
        return "not_tried"
    if mention.group in ("active", "passive") and _is_planned_here(parsed, mention):
        return "planned"
    if BEST_OPTION.match(text, mention.end) or _was_to_come(parsed, mention) or _is_awaited(text, mention):
        return "planned"
    if mention.concept == "home_exercise" and GOES_WELL.match(text, mention.end):
        return "current"
    if mention.concept == "physical_therapy" and TAUGHT_IN.search(text, near, mention.start):
        return "past"
    if mention.group != "injection" and _was_treated(parsed, mention, first):
        return "past"
    if mention.concept == "activity_modification":
        return _of_duty(parsed, mention, near) if DUTY.match(text, mention.start) else None
    if is_unwarranted(text, near, mention.start, mention.end):
        return "contraindicated"
    if UNTIL_THEN.match(text, mention.end) and USED_TO.search(text, near, mention.start):
        return "past"
    if mention.concept in IMPLANTS and IN_PLACE.match(text, mention.end):
        return "current"
    if mention.group == "medication":
        return _of_drug(parsed, mention, first)
    if mention.group == "active" and SO_FAR.match(text, mention.end) and HAD_SOME.search(text, near, mention.start):
        return "current"
    if WISHED.search(text, near, mention.start):
        return "planned"
    if WAS_TO_GO.search(text, near, mention.start):
        return "planned"
    return "past" if VISIT.search(text, near, mention.start) else None


def _was_only_advised(text: str, mention: Mention, first: int) -> bool:
    """Whether it was advised and then not done: 'suggested that he try Pilates; he has not done this'."""
    return bool(ADVISED.search(text, first, mention.start) and NOT_DONE_YET.match(text, mention.end))


def _is_planned_here(parsed: Parsed, mention: Mention) -> bool:
    """Whether 'Plan:' within the line stands before it, and what follows does not tell that it failed."""
    sentence = parsed.sentence_at(mention.start)
    planned = PLANNED_HERE.fullmatch(parsed.text, sentence.start, mention.start)
    over = TO_STOP.match(parsed.text, mention.end) or HAS_FAILED.search(parsed.text, mention.end, sentence.end)
    return planned is not None and not over


def _is_awaited(text: str, mention: Mention) -> bool:
    """Whether the patient waits for it: 'waiting six weeks for PT'."""
    return WAITED_FOR.search(text, max(0, mention.start - 60), mention.start) is not None


def _was_treated(parsed: Parsed, mention: Mention, first: int) -> bool:
    """Whether it is one of those with which the patient was treated: 'was treated with a splint and Advil'."""
    if parsed.section_at(mention.start).name in PLANNING:
        return False
    return TREATED.search(parsed.text, max(first, mention.start - 160), mention.start) is not None


def _was_to_come(parsed: Parsed, mention: Mention) -> bool:
    """Whether it is told behind it that it was to take place, and not that it did."""
    end = parsed.sentence_at(mention.start).end
    told = WAS_TO_COME.match(parsed.text, mention.end, end) if mention.group in ("active", "passive") else None
    return told is not None and not CAME_ABOUT.search(parsed.text, told.end(), end)


def was_begun(text: str, mention: Mention) -> bool:
    """Whether a treatment is told as one that went on before: 'had been seeing a chiropractor until ...'."""
    return bool(USED_TO.search(text, max(0, mention.start - 60), mention.start) and UNTIL_THEN.match(text, mention.end))


def _of_duty(parsed: Parsed, mention: Mention, first: int) -> str | None:
    """Whether work was or is restricted: 'has been off work', 'continued to work light duty for some months'."""
    text = parsed.text
    section = parsed.section_at(mention.start).name
    if section in PLANNING or TO_BE.search(text, first, mention.start):
        return None
    if section in ("history", "social_history") and not text[first : mention.start].strip(" \t\n-*\u2022"):
        return "past"  # 'Married. Off work for two weeks.'
    if ON_DUTY_NOW.search(text, first, mention.start):
        return "current"
    return "past" if ON_DUTY_THEN.search(text, first, mention.start) else None


def _of_drug(parsed: Parsed, mention: Mention, first: int) -> str | None:
    """Whether a drug was given up for what it did, is to be stopped, or is one of those that go on."""
    text = parsed.text
    ended = TO_STOP.match(text, mention.end) or HAD_TO_STOP.match(text, mention.end)
    if ended or TOLD_TO_STOP.search(text, max(first, mention.start - 60), mention.start):
        return "past"
    if told := changed(parsed, mention, first):
        return told
    if MADE_ILL.match(text, mention.end) and BECAUSE.search(text, max(first, mention.start - 24), mention.start):
        return "past"
    if UNTIL_OFF.search(text, max(first, mention.start - 120), mention.start):
        return "current"
    if parsed.section_at(mention.start).name not in (*PLANNING, "other", "history"):
        return None
    if IN_A_ROW.search(text, max(first, mention.start - 300), mention.start):
        return "current"
    start = max(0, mention.start - FAR)
    heads = list(HEADS_LIST.finditer(text, start, text.rfind("\n", 0, mention.start) + 1)) if "continu" in text else []
    return "current" if heads and ITEMS.match(text, heads[-1].end(), mention.start) else None


def is_unwarranted(text: str, first: int, start: int, end: int) -> bool:
    """Whether somebody does not think that a treatment is indicated: 'did not feel that [surgery] was warranted'."""
    return bool(NOT_THOUGHT.search(text, first, start) and INDICATED.match(text, end))


def is_allowed(text: str, mention: Mention) -> bool:
    """Whether a list of allergies names it as a drug that can be taken: 'codeine, but she can take morphine'."""
    return bool(CAN_TAKE.search(text, max(0, mention.start - 70), mention.start))
