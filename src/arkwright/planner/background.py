"""Background: who asks, why, for whom and until when. It is told by its grammar, and only while it holds nothing that could restrict the work.

Words are read as a line in which each word that could carry a wish is marked: `!` numbers, negations, comparisons and values of the data,
`^` superlatives and places in an order, `+` words of the work (sort, total, chart, csv), `~` columns of the data. Background never spans a `!`;
the others only where the grammar leaves no doubt, as in the sentences before `could you please ...`.
"""

import re
from collections.abc import Collection, Sequence
from itertools import pairwise

from arkwright.planner import lexicon
from arkwright.planner.lexicon import words
from arkwright.planner.people import AUDIENCE, PEOPLE
from arkwright.planner.text import CARDINALS, ORDINALS, Token, runs, stem

_RESTRICTS = lexicon.NEGATIONS | frozenset(CARDINALS) - {"one"} | words(
    """
    only just but nothing anything than more less fewer over under above below between before after until till since least exactly at-least minimum
    maximum rest others other otherwise instead unless if whenever whichever per respectively both either neither nor
    half double twice third net gross cents cent thousand thousands million millions percent percentage units currency
    alphabetical alphabetically chronological ascending descending order same different missing empty
    blank unknown duplicate duplicates exact approximate rounded must should shall upper lower case decimals decimal
    rarely hardly seldom barely capitals capital uppercase lowercase password passwords landscape portrait bold italic language german english french
    spanish header headers footer footers logo logos font fonts tabs semicolons encoding quotes separator units
    """
)  # fmt: skip
_RANKS = frozenset(lexicon.SUPERLATIVES) | frozenset(ORDINALS) | words("last next previous quarter each every first")
_WORK = frozenset(lexicon.AGGREGATES) | frozenset(lexicon.FORMATS) | frozenset(lexicon.CHARTS) | words(
    """
    sort sorted group grouped rank ranked filter filtered join joined merge merged combine stack stacked append convert converted
    rename renamed remove removed delete deleted drop dropped ignore ignored skip skipped exclude excluded include included keep
    kept count counted calculate calculated compute computed add added subtract multiply multiplied divide divided round draw plot
    chart graph diagram table tables report document summary summarise sheet sheets page pages pivot list listed listing rows columns
    title heading headings save write create make build produce generate export give show tell find get extract split replace replaced
    compare download fetch collect zip archive compress pack copy copied move moved check put share difference change changes anonymise
    anonymised mask hide hidden redact encrypt protect shorten limit translate translated highlight highlighted mark marked colour coloured bold format formatted print
    """
)  # fmt: skip
_LEADS_TO_A_WISH = words(
    "to please and then or you also now kindly let let's us me it , ; : . - ( could can would will should must"
)

_W = r"(?:[a-zß-ÿ][\wß-ÿ'’./&-]*)"  # a word that can carry no wish
_Q = rf"(?:~?{_W})"  # ... or names a column
_ANY = rf"(?:[~+^]?{_W})"
_END = r"(?= (?:[.,;:!?()–—-](?: |$)|§)|$)"
_DET = r"(?:the|our|my|a|an|his|her|their|your|this|that|\^next|these|tomorrow's|today's|tonight's|(?:mon|tues|wednes|thurs|fri|satur|sun)day's)"
_FOLK = "(?:" + "|".join(sorted(PEOPLE, key=len, reverse=True)) + ")"
_AUD = "(?:" + "|".join(sorted(AUDIENCE, key=len, reverse=True)) + ")(?:'s|s')?"
_DAY = r"(?:(?:\^next |this |coming )?(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|weekend|noon|lunch|tonight|today|tomorrow|eod)|(?:\^next|this|the coming) (?:week|month|year|morning|afternoon|evening|\^?quarter)|end of (?:the |this |\^next )?(?:day|week|month|\^?quarter))"
_WHEN = rf"(?: (?:(?:by|on|at|for|in|!until|!before|!after) )?(?:the |our |my )?{_DAY})*"
_I = r"(?:i|we|he|she|everyone|everybody|people|somebody|someone)"
_WISHING = r"(?:want|wants|need|needs|would|'d|like|wish|have to|has to|ought|let|look|looking|interested|after|search|searching|try|trying|ask|asking|wonder|wondering|hope|can|could|will|shall|should|must|only|prefer)"
_FINITE = r"(?:is|are|was|were|has|have|had|does|do|did|will|keeps?|kept|wants?|says?|said|asks?|asked|told|got|gets?|goes|went|comes?|came|meets?|met|runs?|ran|sells?|sold|works?|worked|uses?|used|lost|left|likes?|thinks?|thought|believes?|suspects?|complains?|complained|grew|grows?|fell|falls?|happens?|happened|started|starts?|stopped|stops?|moved|changed|visits?|visited|collects?|collected|lives?|opens?|opened|closes?|closed|sent|sends?|wrote|writes?|made|makes?|gave|gives?|took|takes?|pays?|paid|crashed|broke|failed|decided|decides|discussed|discusses|prepares?|prepared|plans?|planned|reads?|needs?|looks?|insists?|insisted|requires?|organi[sz]es?|plays?|played|meant|means)"
_PAST = r"(?:was|were|had|got|went|came|met|lost|left|told|said|grew|fell|happened|started|stopped|broke|crashed|failed|sent|wrote|made|gave|took|forgot|decided|asked|[a-z]+ed)"
_MADE = words(
    "output result results file files report table chart list sheet page title heading document answer column columns row rows csv pdf excel picture image graph plot name names"
)

_PHRASES = (
    # for whom, for what
    rf"(?:it's |it is |this is |that's |they are |they're |meant |intended |needed |wanted |to be used |thought )*for (?:use )?(?:on |in |at |by |one of )?{_DET} (?:{_W} ){{0,3}}?\+?{_AUD}(?: \+?{_AUD})*(?: (?:of|in|at|from|with) (?:{_DET} )?(?:{_W})(?: {_AUD})?)?{_WHEN}(?= (?:[.,;:!?()–—-]|§|and|with|in|as|on|to|from|which|that|please|plus|so|i|we|!|\^|\+)|$)",
    rf"for (?:our|my) {_W}{_END}",
    rf"for (?:the )?{_FOLK}{_END}",
    rf"(?:is|are) (?:needed|required|wanted|requested|awaited|expected) by {_DET} (?:{_W} ){{0,2}}?{_AUD}{_WHEN}",
    rf"(?:for|in|at) (?:tomorrow|tonight|today|(?:mon|tues|wednes|thurs|fri|satur|sun)day)(?:'s)? {_AUD}",
    rf"(?:for )(?:marketing|finance|accounting|controlling|purchasing|hr|legal|management|procurement|logistics|sales reasons|the record|later|reference|me|us|fun|everybody|everyone|archiving|bookkeeping|documentation|tax|reporting|planning)(?: (?:reasons|purposes|reference|use))?{_END}",
    rf"!?(?:by|before|for|till) (?:the )?{_DAY}(?: (?:morning|afternoon|evening|noon|night|at the latest))*(?= (?:[.,;:!?()–—-](?: |$)|and |please |so |i |we )|$)",
    rf"(?:i|we) (?:need|have|want|must) (?:it|this|that|them|these|to have it)(?: (?:ready|done|finished))?(?: (?:!?by|!?before|on|for|!?until|in|at)(?: {_ANY}){{1,6}})?{_END}",
    # why
    rf"so (?:that )?(?:{_I}|{_DET} (?:{_W} )?{_W}) (?:can|could|may|will|am|are|is|see|know|have)(?: {_ANY}){{1,14}}{_END}",
    rf"(?:because|since|!since|given that|now that|seeing that) (?:{_I}|they|it|there|it's|there's|my|our|the|his|her|their|{_DET} {_W})(?:'m|'re|'ve)?(?: {_ANY}){{1,16}}{_END}",
    rf"as (?:(?:{_I})(?:'m|'re|'ve)? (?!are\b|is\b|were\b)|(?:my|our) )(?:{_ANY})(?: {_ANY}){{1,16}}{_END}",
    rf"(?:in order |so as )?to (?:show|present|hand|send|explain|discuss|plan|decide|pin|hang|share|forward|\+?show|\+?share|bring|pass|prepare|have (?:something|it|them)) (?:(?:it|this|that|them|something|around|out|on|up|along|to|with|in|at|off)\b ?)*(?:{_DET} )?(?:{_W} ?){{0,4}}{_WHEN}{_END}",
    rf"(?:in order |so as )?to (?:know|understand|see|find out|learn|judge|get an idea) (?:whether|if|!if|how|why|what|where) (?:{_I}|it|things|{_DET} {_Q})(?: {_Q}){{1,10}}{_END}",
    # who asks
    rf"(?:{_DET} (?:{_W} ){{0,2}}?{_FOLK}|everyone|everybody|somebody|someone|marketing|finance|accounting|controlling|purchasing|hr|legal|management|procurement|logistics)(?: (?:at|in|from|of) (?:{_DET} )?{_W}(?: {_W})?)?(?: (?:just|also|now|urgently|really|again|always|here))* (?:(?:wants?|needs?|asks?|asked|requires?|requested|wishes|has asked|have asked|is asking|are asking|wonders?|keeps? asking|likes?|would like|'d like)(?: (?:me|us|for|from|to (?:know|see|have|get|be told)|whether you can))*)",
    rf"(?:i|we) (?:was|were|am|are|have been|'ve been) (?:asked|told)(?: (?:by {_DET} (?:{_W} )?{_W}|today|yesterday))?(?: (?:for|to (?:give|hand|prepare|find|deliver|provide|bring)))?",
    # greetings, asides
    r"(?:hi|hello|hey|good (?:morning|afternoon|evening|day)|dear)(?: (?:there|all|team|everyone|folks|you|again|computer|arkwright|friend))*",
    r"(?:just |only )?(?:a )?(?:!?one |another )?(?:quick|small|short|little|simple|tiny|last|\^last|stupid|silly|further|more|!more)(?: (?:quick|small|more|!more))* (?:question|request|thing|favour|favor|job|task|one)(?: (?:about|on|regarding|concerning|for you|with|from me|for today))*",
    r"(?:(?:whatever|whichever|what|whatever format)(?: one)? (?:is|suits|works|seems) (?:easier|easiest|simpler|simplest|best|better|\+?best|fine|ok|more convenient|convenient|handier|quickest|faster)?)(?: (?:for )?(?:you|us|me))?",
    r"(?:i|we) (?:do not|don't|!don't|!do !not|do !not) (?:mind|care)(?: (?:which|what|how|either|about that|about it))*",
    r"(?:there is |there's |it's |it is )?(?:!no|not that|!not|!not that) (?:hurry|rush|urgent|need to hurry|stress|problem)",
    r"(?:it's|it is|this is) (?:quite |very |rather |a bit |pretty |somewhat )?(?:urgent|important|confidential|boring|annoying|a mess|messy)",
    r"(?:that would|that'd|it would|it'd|this would) (?:be (?:\w+ )?(?:great|nice|lovely|good|perfect|helpful|wonderful|fantastic|kind|super|a (?:great |big |real )?help)|help(?: (?:me|us))?(?: (?:a lot|enormously|very much))?|\+?save (?:me|us) (?:a lot of |some |much |loads of |hours of )?(?:time|work|hours|[a-z]+ing))(?: of you)?",
    r"(?:and )(?:they|he|she) (?:is|are) (?:already )?waiting(?: for (?:it|them|this))?",
    r"(?:i|we) (?:need|want|would like|'d like|am after|are after) (?:a |an |some )?(?:\w+ )?(?:overview|idea|impression|picture|feeling)(?: of (?:the|our|how|what|my) [a-z]+(?: [a-z]+)?)?(?= [.,;:]|$)",
    r"(?:many |thanks |thank |with )*(?:best |kind |warm )?(?:regards|wishes|greetings)(?: ,)?(?: (?:from )?[a-z]+){0,2}$",
    r"(?:many thanks|thanks|thank you|thx|cheers|ta)(?: (?:a lot|a million|a bunch|so much|very much|in advance|again|for (?:your|the|all your) (?:help|work|time|effort|support)))*(?: !+)?(?: [a-z]+ ?\.?)?$",
    r"(?:sorry|apologies)(?: (?:for|to|about) (?:the |my |bother(?:ing)? |disturb(?:ing)? |asking |any )*(?:you|question|trouble|short notice|late request|mess|again|typos?|inconvenience))?",
    r"if (?:it's|it is|that's|that is|you) (?:no|not too much|!no|!not too much|don't|!don't) (?:trouble|mind|bother|problem)|if i may(?: ask)?|if you (?:would|could|can|may|please)|if possible|when you (?:have|find|get) (?:a )?(?:time|moment|minute|second|chance)",
    r"you (?:will|'ll|can|may|should) find (?:it|them|this|that|these|those|everything|all|the (?:data|file|numbers|figures))(?: (?:in|here|there|below|attached))?",
)  # fmt: skip
_PATTERNS = tuple(re.compile(rf"(?<!\S)(?:{pattern})(?!\S)") for pattern in _PHRASES)
_ON = r"(?:\^?(?:this|last|next|every|each|once a|once per) (?:week|month|year|morning|\^?quarter|spring|summer|autumn|winter)|(?:on |\^every |\^each |\^next |\^last )?(?:mon|tues|wednes|thurs|fri|satur|sun)days?|tomorrow|currently|today|yesterday|recently|lately|(?:in|at|for|during|after) (?:our|my|the|an?) (?:\^last |\^next |annual |\+?[a-z]+ly )?[a-z]+)"
_LEAD = rf"(?:(?:so|well|ok|okay|hi|hello|hey|and|but|now|anyway|actually|you know|as you know|unfortunately|sadly|apparently|,|{_ON}) )*"
_STOP = r"(?: [.!–—,;:-])*$"
_ADVERBS = r"(?: (?:always|often|also|all|currently|now|usually|still|already|recently|again|really|regularly|both|just))*"
_OPINES = r"(?:suspects?|thinks?|believes?|guess|fears?|heard|hears|complains?|complained|argued?|argues|claims?|claimed|noticed|notices?|worry|worries|assumes?|pointed out|says?|said|told (?:us|me))"
_BUSY = r"(?:i'm|we're|i am|we are|(?:he|she|everyone) is|she's|he's)"
_TOLD = re.compile(
    rf"^{_LEAD}(?:{_I}(?:'m|'re|'s|'ve|'ll)?|(?:{_DET} (?:{_W} ){{0,2}}?{_FOLK}|nobody){_ADVERBS} {_FINITE}){_ADVERBS}(?: {_Q}){{1,24}}{_STOP}"
    rf"|^{_LEAD}{_BUSY}{_ADVERBS} (?!looking for|wondering|searching|trying|hoping)\w+ing(?: {_ANY}){{0,18}}{_STOP}"
    rf"|^{_LEAD}(?:{_I}|{_DET} (?:{_W} ){{0,2}}?{_FOLK}){_ADVERBS} {_OPINES}(?: that)?(?: {_ANY}){{2,20}}{_STOP}"
    rf"|^{_LEAD}(?:our|my|his|her|their)(?: {_W}){{1,3}}? {_FINITE}(?: {_W}){{1,18}}{_STOP}"
    rf"|^{_LEAD}(?:the|a|an|some|this|that|these|those|many)(?: {_W}){{1,4}}? {_PAST}(?: {_W}){{0,18}}{_STOP}"
    rf"|^{_LEAD}there (?:is|are|was|were|has been|have been|will be)(?: {_W}){{1,18}}{_STOP}"
)
_WISH = re.compile(
    r"(?<!\S)(?:wants?|wanted|needs?|needed|would (?:\w+ )?like|'d like|i'd|we'd|wish(?:es)?|interested|looking for|asks?|asked|requires?|required|expects?|let|have to|has to|to be|hope|prefer)(?!\S)"
)
_INTENDS = re.compile(
    rf"^{_LEAD}(?:{_I}|{_DET} (?:{_W} ){{0,2}}?{_FOLK}){_ADVERBS} (?:(?:wants?|would(?: very much)? like|needs?|wish(?:es)?|intends?|plans?|hopes?|ha(?:ve|s)|(?:was|were|am|is|are) asked) to|(?:asked|asks)(?: me| us)? (?:to|for))(?! have| get| see| know) \+?{_W}(?: [~^]?{_W}){{1,24}}{_STOP}"
)
_DUTY = re.compile(rf"^{_LEAD}(?:he|she|{_DET} (?:{_W} ){{0,2}}?{_FOLK}|{_I}(?:'m|'re|'ve|'ll)?)(?: {_ANY}){{2,28}}{_STOP}")
_FIRST = re.compile(rf"^{_LEAD}{_I}(?:'|\\s)")
_OWN_WISH = re.compile(
    r"(?<!\S)(?:(?:i|we)(?: \w+)? (?:wants?|needs?|wish|require|expect|hope|prefer|have to)|i'd|we'd|would (?:\w+ )?like|to be|looking for|interested)(?!\S)"
)
_THEIR_WISH = re.compile(r"(?<!\S)(?:wants?|wanted|asks?|asked|requires?|required|expects?)(?: \S+)* (?:[+^!]\S+)")
_NOT = re.compile(r" !(?:not|no|nobody|only|don't|doesn't|isn't|aren't|cannot|can't|never)(?= )| longer(?= )")
_OTHERS = re.compile(
    rf"^{_LEAD}(?:nobody (?:in (?:our|the) {_W} )?|(?:he|she) |{_DET} (?:{_W} ){{0,2}}?(?:{_FOLK}|party|side|customer|shop|bank|machine|tool|system|program|software|warehouse|printer) )(?:{_W}|§)(?: (?:{_W}|§|\+(?:word|excel|csv|pdf|text|markdown|json)))*{_STOP}"
)
_SPEAKS = re.compile(
    rf"^{_LEAD}(?:(?:for|at|in|on|during|after|before|with) (?:\S+ ){{1,6}}?)?(?:i|we|he|she|nobody|everyone|everybody|somebody|{_DET} (?:(?:{_W}|§|!other) ){{0,3}}?(?:{_W}|§)|it has|lately it has)(?:'m|'re|'ve|'ll|'d)? (?:\S+ ){{0,4}}?(?:{_FINITE}|am|can|could|may|[a-z]+ed|[a-z]+s) "
)
_THEIRS = re.compile(
    rf"^{_LEAD}(?:he|she|nobody|everyone|everybody|somebody|{_DET} (?:(?:{_W}|!other) ){{0,2}}?(?:{_FOLK}|party|side)) "
)
_DEEDS = frozenset(
    "add change check copy compare sort count print write read find share move mark keep show tell put give get list".split()
)
_NEEDS = re.compile(r"(?<!\S)(?:i|we)(?: \w+)? (?:need|want|require|prefer|would like|like) (?!to )(.*)$")
_TELLING = re.compile(
    rf"^{_LEAD}(?:(?:in|on|at|since|for|from) \S+ )?(?:i|we|he|she|they|it|nobody|some|many|most|few|several|all|the|our|my|a|an|there|\^most|!other)(?:'ve|'re|'m)? "
)
_ASKING = re.compile(
    r"(?<!\S)(?:(?<!!rarely )(?<!!hardly )(?<!!seldom )(?<!!never )(?:need|want)|would like|'d like|!must|!should|!shall|\+\w+ me|may|ought|be)(?!\S)"
)
_HOUSE = re.compile(
    rf"^{_LEAD}(?:i|we|our {_W}|my {_W})(?: {_W})?? \+?(?:write|call|name|label|spell|express|measure|round|abbreviate|treat|report|quote|state|format|sort|protect|mark|regard|consider|understand)s? "
)
_MILD = frozenset(
    "not no nobody never only don't doesn't isn't aren't cannot can't but longer last next previous first second most every each over under above since until before after one same different missing few anything more any other because".split()
)
_PLEADS = re.compile(r"(?<!\S)(?:please|could you|would you|can you|will you|kindly)(?!\S)")


def background(tokens: Sequence[Token], columns: Collection[str], values: Collection[str]) -> frozenset[int]:
    """Indices of the tokens that only tell who asks, why, for whom or until when.

    Args:
        tokens: the request.
        columns: stems of the words in names of columns in play.
        values: lower-case words that stand in the data.
    """
    line = [_marked(tokens, at, columns, values) for at in range(len(tokens))]
    found = {index for pattern in _PATTERNS for run in runs(line, pattern) for index in run}
    asked = _asked(line)
    for clause in _clauses(tokens):
        before = clause[-1] < asked
        shown = [_restated(line, i, asked) if before else line[i] for i in clause]
        rest = " ".join(word for i, word in zip(clause, shown, strict=True) if i not in found and word != ",")
        whole = " ".join(word for word in shown if word != ",")
        if any(_tells(text, before) for text in (rest, whole)) or (before and _prefaces(shown, frozenset(line[asked:]))):
            found.update(clause)
    return frozenset(found) if _asks(tokens, found) else frozenset()


def _asked(line: Sequence[str]) -> int:
    """The index of the token where somebody asks us (`could you please`); -1 without one."""
    joined = " ".join(line)
    plea = _PLEADS.search(joined)
    return joined[: plea.start()].count(" ") if plea else -1


def unclear(tokens: Sequence[Token], columns: Collection[str], values: Collection[str]) -> tuple[int, ...]:
    """The first sentence before the one that asks us that tells something of a value, a month or a number, and does not say what follows from it.

    `In January we only tested the shop. Could you please total the amounts?` may or may not restrict the rows: that is for the user to say.
    """
    line = [_marked(tokens, at, columns, values) for at in range(len(tokens))]
    asked, told = _asked(line), background(tokens, columns, values)
    for clause in _clauses(tokens):
        if clause[-1] >= asked or told.issuperset(i for i in clause if tokens[i].kind != "mark"):
            continue
        shown = [_restated(line, i, asked) for i in clause]
        text = " ".join(word for word in shown if word not in (",", "(", ")"))
        data = any(
            word[:1] == "!" and (word[1:] in values or word[1:] in lexicon.MONTHS or stem(word[1:]) in values) for word in shown
        )
        if data and "§" not in text and _TELLING.match(text) and not _ASKING.search(text):
            return tuple(clause)
    return ()


def _restated(line: Sequence[str], index: int, asked: int) -> str:
    """A word as it is marked; free of its mark when it is said again where we are asked, or counts what is named there."""
    word = line[index]
    if word[:1] not in "!^+~" or len(word) == 1:
        return word
    bare = stem(word[1:])
    named = sum(1 for other in line[asked:] if other == "§")
    again = any(stem(other.lstrip("!^+~")) == bare for other in line[asked:]) or (named > 1 and CARDINALS.get(bare) == named)
    return word[1:] if again else word


def _prefaces(shown: Sequence[str], asked: Collection[str]) -> bool:
    """Whether a sentence before the one that asks us says nothing binding that is not said again there."""
    shown = shown[1:] if shown[0] == "!but" else shown
    if _HOUSE.match(" ".join(shown)):
        return False
    text = " ".join(word for word in shown if word not in (",", "(", ")"))
    theirs = bool(_THEIRS.match(text))
    bound = {word for word in shown if word[:1] in ("~", "+") and len(word) > 1 and not (theirs and word[1:] in _DEEDS)}
    loud = {word[1:] for word in shown if word[:1] in ("!", "^") and len(word) > 1}
    if "?" in text or not _SPEAKS.match(text) or bound or loud - _MILD:
        return False
    wish = _NEEDS.search(text)
    wanted = wish[1].split() if wish else []
    return all(word in asked or word in lexicon.GLUE or word in AUDIENCE or not word.isalpha() for word in wanted)


def _tells(text: str, before: bool) -> bool:
    """Whether a clause is background; `before`: whether another asks us after it."""
    if "?" in text or ("§" in text and not before) or _HOUSE.match(text):
        return False
    return _told(text) or (before and (_introduces(text) or _laments(text)))


def _told(text: str) -> bool:
    """Whether a clause only tells what people do, what is ours, or what has been; nothing still to be made is spoken of."""
    return bool(_TOLD.match(text)) and not _WISH.search(text) and not (_MADE & set(text.split()) and not _FIRST.match(text))


def _introduces(text: str) -> bool:
    """Whether a sentence before the one that asks us tells what somebody intends, or has to do."""
    return bool(_INTENDS.match(text)) or (bool(_DUTY.match(text)) and not _OWN_WISH.search(text) and not _THEIR_WISH.search(text))


def _laments(text: str) -> bool:
    """Whether a sentence before the one that asks us says what others cannot, do not or only do; it names no data."""
    return bool(_OTHERS.match(_NOT.sub("", text))) and not _WISH.search(text)


def _marked(tokens: Sequence[Token], at: int, columns: Collection[str], values: Collection[str]) -> str:
    token = tokens[at]
    word = token.norm
    if token.kind == "mention":
        return "§"
    if token.kind == "mark":
        return word
    if token.kind == "number" or word in _RESTRICTS or (word in lexicon.MONTHS and word not in ("may", "march")):
        return f"!{word}"
    if word in _RANKS:
        return f"^{word}"
    if (word in _WORK or stem(word) in _WORK) and _wishes(tokens, at):
        return f"+{word}"
    if "_" in token.text or ((word in values or stem(word) in values) and word not in AUDIENCE and word not in lexicon.GLUE):
        return f"!{word}"
    return f"~{word}" if stem(word) in columns else word


def _wishes(tokens: Sequence[Token], at: int) -> bool:
    """Whether a word of the work is a wish; after its subject it only tells what others do (`customers keep our cars`)."""
    verb = tokens[at].norm in ("keep", "sort", "count", "move", "make", "give", "share", "change", "write", "check", "put")
    return not (verb and at and tokens[at - 1].kind == "word" and tokens[at - 1].norm not in _LEADS_TO_A_WISH)


def _clauses(tokens: Sequence[Token]) -> list[list[int]]:
    """Sentences, and the clauses they fall into, as indices."""
    sentences: dict[int, list[int]] = {}
    clauses: dict[int, list[int]] = {}
    for token in tokens:
        sentences.setdefault(token.sentence, []).append(token.index)
        clauses.setdefault(token.clause, []).append(token.index)
    parts = [part for clause in [*sentences.values(), *clauses.values()] for part in _conjuncts(tokens, clause)]
    return [*sentences.values(), *(part for part in [*clauses.values(), *parts] if len(part) > 2)]


_SUBJECTS = frozenset("i i'm i'd we we're our my the he she they it nobody everyone somebody".split())


def _conjuncts(tokens: Sequence[Token], clause: Sequence[int]) -> list[list[int]]:
    """The parts of a clause that `and`, `but` or `so` joins, each with a subject of its own."""
    cuts = [
        n
        for n, i in enumerate(clause[:-1])
        if n and tokens[i].norm in ("and", "but", "so", "because") and tokens[clause[n + 1]].norm in _SUBJECTS
    ]
    bounds = [0, *cuts, len(clause)]
    return [list(clause[a:b]) for a, b in pairwise(bounds)] if cuts else []


def _asks(tokens: Sequence[Token], found: set[int]) -> bool:
    """Whether the rest still asks for something."""
    return any(t.kind != "mark" and t.index not in found and t.norm not in lexicon.GLUE for t in tokens)
