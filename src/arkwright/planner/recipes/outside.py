"""Outside: what Arkwright cannot or does not do, with the reason and what it can do instead; and wishes that are too open to be planned.

Goal patterns: book, pay, buy, phone, e-mail, print ... · anything outside the workspace · weather, news, opinions · "clean this up", "make it better".
Inputs: none. Outputs: a refusal that names the clause, or a question.
"""

import re

from arkwright.core.plan import Need, Question, Refusal
from arkwright.planner.reading import Draft, Reading
from arkwright.planner.recipes.phrases import Hit, Sketch
from arkwright.planner.text import key

_GOODS = r"(?:me |us |him |her |them )?(?:a|an|the|some|my|our|your|one|two|three|four|five|ten|\d+|more|new|this|that|these|it|them|(?!(?:columns?|prices?|rates?|and|or|as|from|per|by|is|are|was|were|table|the|in|at|for|to|on|of) )(?!columns?$|prices?$|rates?$)[a-z]{3,})(?= |$)"
# (pattern, what cannot be done, what could be done instead)
_CANNOT: tuple[tuple[str, str, str], ...] = (
    (
        r"(?:book|reserve|rent|cancel)(?: (?:me|us|a|an|the|my|our|two|three|four|table|nice|cheap))* (?:tables?|seats?|flights?|rooms?|hotels?|trains?|tickets?|trip|restaurants?|appointments?|taxi|car|cab|court|stand|holiday|reservation|booking)|(?:make|do) (?:a|the|my) (?:reservation|booking|appointment)|(?:to be|be|get|being) (?:booked|reserved|rented)|(?:reserve|book) (?:[\w-]+ ){0,3}(?:restaurant|table|hotel|flight|room|seats?|place)|(?:table|seats?|room|flight|hotel|restaurant)(?: [\w-]+){0,6} (?:booked|reserved|is needed|are needed|is wanted)",
        "I cannot book or reserve anything: that needs an account and a card, and I work with files, programs and web pages only",
        "I can fetch a page with the times or prices and put them into a table",
    ),
    (
        r"(?!(?:transfer|wire|refund|tip)(?: (?:the|my|our|this|file|data))* (?:<file>|file|data|table|rows|columns|values))(?:pay|paying|transfer|wire|deposit|tip|donate|refund)(?: (?:the|my|a|an|this|that|our|for|with|some|off|all|to|money|its|open|outstanding))* ?(?:deposit|bill|bills|invoice|invoices|rent|money|card|credit card|fee|it|amount|euros?|dollars?|\d+|account|bank|paypal|<file>)?(?: (?:with|by|from) my (?:card|credit card|account))?|(?:with|from|by|using|use|on) my (?:credit |debit |bank )?card|(?:to be|be|get|been|being) paid(?: [\w-]+){0,4}",
        "I cannot pay or move money",
        "I can read the amount, the account and the due date out of the document",
    ),
    (
        rf"(?:buy|purchase|shop for|sell) {_GOODS}(?: [\w-]+){{0,6}}|order (?:me |us )?(?:a|an|some|two|three|new|more|the) (?:pizzas?|food|lunch|dinner|badges|books?|flowers|paper|coffee|pens|[\w-]+ online)",
        "I cannot buy, sell or order anything",
        "I can collect the prices from a page into a table",
    ),
    (
        r"(?:call|phone|ring|telephone|dial|facetime)(?: up)? (?!(?:and|or|numbers?|columns?|per|by|of|from|is|are|it|this|that|these|the|its|your|<\w+>)(?: (?:result\w*|files?|archives?|documents?|reports?|folders?|output\w*|tables?|sheets?|cop(?:y|ies)|columns?|programs?|scripts?|new|zip|pdfs?|csvs?|pages?|charts?|pictures?|images?|workbooks?|whole|one|second|first|list|text|summary|it|<\w+>|[a-z_]+ ?<\w+>))(?: |$))(?!(?:and|or|numbers?|columns?|per|by|of|from|is|are|it|this|that) ?)(?:the|my|our|a|him|her|them|mr|mrs|dr|in|back|someone|everyone|customer|[a-z]+)(?= |$)(?! (?:it|file|script|<new>))",
        "I cannot make phone calls: I have no phone",
        "I can collect the phone numbers from a file",
    ),
    (
        r"(?:(?:send|write|forward|reply to|answer|draft and send)(?: (?:me|us|him|her|them|everyone|everybody|an?|the|out|this|it|all|my|our|to|every|each|short))* (?:e-?mails?|mails?|text messages?|sms|whatsapp|messages? to|newsletters?|letters? to)|(?<![\w>] )(?:e-?mail|mail|text|whatsapp|message|slack)(?: [\w<>-]+){0,6} to (?:<mail>|my|our|the (?:team|boss|manager|client|customer|supplier|office|whole|board|staff)|all|every\w+|him|her|them|us|me)|(?:and|then|,|please) (?:e-?mail|mail|text|whatsapp|message|slack)(?: (?:it|this|that|them|the|a|my|our|report|result|file|results|<file>|<new>))* to (?:<mail>|\w+)|(?:e-?mail|mail|text|message|notify|inform) (?:me|us|him|her|them|everyone|everybody|my (?:boss|team|manager|colleagues?)|the (?:team|boss|customers?|clients?|suppliers?|staff)|[a-z]+(?: the (?:report|result|file|table))?(?= when| as soon| that| about| <mail>))|(?:e-?mail|text|message|mail) (?:my|our|the|him|her|them|everyone|everybody|all|mr|mrs) (?:[\w-]+ ?){1,4}|(?:e-?mail|mail|text|message) (?:the|my|our|this|it|them|<file>)(?: [\w-]+){0,3} to (?:my|our|the|<mail>)(?: [\w-]+)?|(?:to be|be|get|being) (?:e-?mailed|mailed|texted|sent (?:to <mail>|by (?:e-?mail|mail|post|text)))|(?:e-?mails?|mails?|messages?|letters?)(?: [\w-]+){0,4} (?:sent|be sent|to be sent)|send (?:[\w<>-]+ ){0,5}(?:to <mail>|an? (?:e-?mail|mail|message|text))|send (?:it|this|that|them|<file>|the (?:report|result|file|table)) to (?:<mail>|my|our|the|everyone|all))",
        "I cannot send e-mail or messages",
        "I can write the text as a file for you to send",
    ),
    (
        r"(?:tweet|post)(?: (?:it|this|that|the|a|something|about))* (?:on|to) (?:twitter|facebook|linkedin|instagram|x|social media|slack|reddit|the internet)|(?:log ?in|log on|sign in)(?: (?:to|into|at|on|with|my|the|our))+ ?[\w-]+",
        "I have no accounts and do not log in anywhere for you",
        "I can read public pages, and send a form with the values you give me",
    ),
    (
        r"print (?:it|this|that|them|out|<file>|the (?:report|document|page|file|pdf))(?: out)?(?: on (?:the|my|our|paper)(?: printer)?| \w* ?copies| double-sided)|(?:on|to|with) (?:the|my|our) printer",
        "I have no printer",
        "I can make a PDF that is ready to be printed",
    ),
    (
        r"(?:drive|bring|carry|deliver|clean|cook|make|brew|wash|repair|water|pick up|vacuum|fix)(?: (?:me|us|the|my|our|a|some|to))+ (?:coffee|tea|car|kitchen|office|house|plants?|dinner|lunch|breakfast|dog|kids|children|airport|coffee machine|printer|room|flat|dishes|sandwich)",
        "I work inside a computer and cannot do things in the world",
        "I can write a checklist or a plan for it",
    ),
    (
        r"(?:what(?: ?'s| is| will)|how(?: ?'s| is)|tell me|check|will)(?: (?:the|be|it|me|like|there))* (?:weather|forecast|rain|temperature outside|news|headlines|time is it|traffic|score|exchange rate today|stock price|share price)(?: [\w-]+)*|who (?:won|is the (?:president|king|queen|prime minister|ceo|chancellor))(?: [\w-]+)*",
        "I know nothing of the world beyond the files and the addresses you name",
        "give me the address of a page that has it, and I read it from there",
    ),
    (
        r"(?:what do you think|what is your opinion|which (?:one )?do you (?:prefer|like|recommend)|should i|is it (?:worth|a good idea)|do you (?:think|believe|like))(?: [\w-]+)*",
        "I have no opinions; I report what the data says",
        "ask for figures: totals, averages, differences",
    ),
    (
        r"(?:translate|translation)(?: [\w<>-]+)*|(?:in|into|to) (?:german|french|spanish|italian|dutch|chinese|japanese|portuguese|polish)",
        "I cannot translate without a language model",
        "connect a model with --model",
    ),
    (
        r"(?:write|compose|draft|invent|make up)(?: (?:me|us|a|an|the|short|nice|funny|formal|good|new|my|some))* (?:poem|song|essay|story|joke|speech|novel|blog ?post|article|cover letter|press release|lyrics|letter|slogan|marketing copy)s?(?: [\w-]+)*",
        "I cannot write free prose without a language model",
        "I can write reports from data; for the rest connect a model with --model",
    ),
    (
        r"(?:summari[sz]e|sum up in words|give me (?:a|the) (?:summary|gist)|paraphrase|proof-?read|rephrase|rewrite (?:it|this|<file>) in)(?: (?:of|the|my|this|in|a|an|few|words|short|story|text|letter|<file>|article|contract|for me|please))*",
        "I cannot summarise or rewrite prose without a language model",
        "I can give its headings, word counts, search results or differences",
    ),
    (
        r"(?:remind me|wake me|set (?:an?|the) (?:alarm|timer|reminder)|(?:add|put) (?:it|this|a|an|the|them)(?: [\w-]+){0,3} (?:to|in|into) (?:my|the|our) calendar|every (?:monday|tuesday|wednesday|thursday|friday|day|morning|evening|hour|week|night) at)(?: [\w-]+)*",
        "I run when you start me, and keep no calendar",
        "I can write an .ics or CSV file with the dates",
    ),
    (
        r"(?:hack|crack|break into|bypass|brute-?force|guess)(?: (?:the|my|a|into|his|her|their|our|someone's))* (?:password|account|server|login|wi-?fi|phone|system|paywall|security|captcha)(?: [\w-]+)*",
        "I do not break into anything",
        "ask whoever owns it",
    ),
    (
        r"(?:install|uninstall|upgrade|update)(?: (?:the|a|my|all|latest|new))* (?:packages?|software|windows|drivers?|system|operating system|app|apps|browser|linux|docker|program)(?: [\w-]+)*|(?:reboot|shut ?down|restart|format)(?: (?:the|my|this))* (?:computer|machine|server|disk|drive|pc|laptop|system)|sudo(?: [\w-]+)*",
        "I change nothing outside the workspace: no software, no settings, no power",
        "do it in your own shell",
    ),
)
_PAY = re.compile(r"^pay(?:ing)?\b")
_OWED = re.compile(
    r"(?<!\S)(?:how much|what)(?: \S+){0,4} pay(?:ing)?(?!\S)|about to pay(?!\S)[^?]*(?:what|how much|total|number|amount)"
)
_ABOVE = r"(?:the |my )?(?:folder|directory|one|level)s? (?:above|outside|next to this|over this)|(?:the )?(?:parent|enclosing|surrounding) (?:folder|directory)|(?:one|a) (?:level|folder|directory) up|(?:my|the|our|your) (?:home|root|desktop|downloads|documents|system)(?: folder| directory)?(?: of (?:my|this) (?:computer|machine))?|(?:on|of|from) (?:my|the|this|our|your) (?:(?:whole|entire|hard) )*(?:disk|drive|computer|machine|laptop|server|pc|hard drive|system)|outside (?:of )?(?:this|the) (?:folder|workspace|directory)|(?:the )?system files|other users?(?: ?')?s?(?: files| folders)?"
_OPEN = r"(?:bring(?: (?:a bit of|some|more|a little))? order into (?:this|it|that|here|the (?:files|folder|data))|(?:clean|tidy|sort|fix|organi[sz]e|sort out|straighten)(?: (?:this|that|it|these|them|things|everything|all|up|out|my|the|our|files|folder|mess|stuff|data|workspace|a bit|please|for me|here))*|make (?:it|this|that|them|everything|things|the (?:file|data|report|document|folder)s?|<file>) (?:(?:a )?(?:bit|little|lot|much) )?(?:better|neater|neat|tidier|nicer|nice|pretty|prettier|good|great|right|work|clean|perfect|professional)|do (?:the|my|your)? ?(?:usual|same as (?:last time|always|before)|necessary|needful|rest|magic|thing|stuff|work|job|best)(?: (?:with|to|on|for) (?:it|this|them|<file>|<folder>))?|(?:improve|optimi[sz]e|enhance|update|handle|process|deal with|take care of|work on|analy[sz]e|have a look at|look at|check) (?:it|this|that|them|everything|these|<file>|<folder>|the (?:data|file|files|folder|document|project))(?: (?:please|for me|folder|a bit|up|file))*|you know what (?:to do|i (?:want|mean|need))|the usual|same as (?:last time|always|before))"
_VAGUE = frozenset(
    """tidy tidied tidier clean cleaned cleaner neat nice nicer pretty prettier good better best well improve improved improvement look looks looking it this that these those them they thing things stuff mess messy everything all some little bit a an the again repeat repeated redo last time times before previous previously earlier once more did done do does was were is are be been made make makes making what you i we me us like as with so just only should could would can will please take care of same usual usually way result results result's outcome satisfied satisfactory almost quite very not too still here there work deal handle sort fix help something anything need want needed in order to and but or on up out about for my our your if possible job""".split()
)
_WIPE = r"(?:delete|remove|erase|wipe|destroy|clear|empty|purge|get rid of|throw away)(?: (?:all|everything|every|the|of|my|our|whole|entire|complete|files?|in|from|this|folder|directory|contents?|workspace|here|it|data|<folder>|out))*"


def propose(reading: Reading) -> Draft | Need | Refusal | Question | None:
    """A refusal with its clause, or a question; None when the request asks for nothing of the kind."""
    sketch = Sketch(reading)
    return beyond(reading) or _cannot(reading, sketch) or _vague(reading, sketch)


def beyond(reading: Reading) -> Refusal | None:
    """Paths and places that are not in the workspace."""
    for mention in reading.mentions:
        path = mention.value
        if (mention.kind in ("file", "folder") and path.startswith(("/", "~", "../"))) or path == "..":
            if path.startswith(reading.request.workspace.rstrip("/") + "/"):
                continue
            return _outside(reading.clause(reading.index(mention)), repr(path))
    hit = Sketch(reading).find(_ABOVE)
    return _outside(reading.clause(min(hit.indices)), f"{reading.quote(hit.indices)!r}") if hit else None


def _outside(clause: str, what: str) -> Refusal:
    return Refusal(
        clause,
        f"{what} lies outside the workspace: I only read and change files inside it",
        "copy what you need into the workspace, or start there with --workspace",
        "outside_workspace",
    )


def _cannot(reading: Reading, sketch: Sketch) -> Refusal | None:
    hits = [
        (hit, reason, instead)
        for pattern, reason, instead in _CANNOT
        if (hit := sketch.find(pattern)) is not None and not _harmless(reading, sketch, hit)
    ]
    if not hits:
        return None
    hit, reason, instead = min(hits, key=lambda found: min(found[0].indices))
    return Refusal(reading.clause(min(hit.indices)), reason, instead, "not_possible")


_LEADS = frozenset(
    [
        "please",
        "to",
        "you",
        "and",
        "then",
        "also",
        "kindly",
        "let's",
        "just",
        "now",
        "or",
        "pls",
        "us",
        "afterwards",
        "finally",
        "first",
        "later",
        "i'd",
    ]
)
_BOTH = frozenset(
    "call phone ring dial book order buy sell purchase reserve rent pay transfer wire deposit tip donate refund mail e-mail email text message slack post print cancel fix clean bring deliver answer check will drive make repair install update upgrade format".split()
)
"""Words that name data as often as they are a wish; a wish stands where a command stands."""


def _harmless(reading: Reading, sketch: Sketch, hit: Hit) -> bool:
    """A word that only names data ("the call column", "paid invoices"), or says what others do ("those who buy the most"), is no wish."""
    if _PAY.search(hit.match.group()) and _OWED.search(sketch.text):
        return True
    first = min(hit.indices)
    word = reading.norms[first]
    before = reading.norms[first - 1] if first else ""
    if before in ("the", "of", "column", "per", "by", "each", "'s") and word != "print":
        return True
    lead = reading.tokens[first - 1].kind == "mark" if first else True
    commanded = lead or before in _LEADS or (first - 1) in reading.filler - _spoken(reading)
    columns = {part for table in reading.survey.tables for column in table.columns for part in key(column.name)}
    return not commanded and word in _BOTH | columns


def _spoken(reading: Reading) -> frozenset[int]:
    """Words that are followed by a noun or a statement, never by a command."""
    return frozenset(
        reading.where("a", "an", "the", "my", "our", "your", "their", "his", "her", "its", "this", "that", "these", "those", "we", "they", "i", "it", "of", "in", "on", "with", "for", "from",
                      "who", "which", "what", "how", "where", "do", "does", "did", "have", "has", "had", "is", "are", "was", "were", "any", "some", "all", "every", "each", "as", "at", "by")
    )  # fmt: skip


def _vague(reading: Reading, sketch: Sketch) -> Question | None:
    """The whole request is an open wish: what exactly is for the user to say."""
    whole = sketch.find(
        rf"(?:please |can you |could you |just |hey ,? ?|hi ,? ?)*(?:{_OPEN})(?: (?:please|pls|plz|for me|thanks|thank you|a bit|now|quickly|as always|somehow))*(?: ?[.!?])*$"
    )
    if whole and not reading.left_over(whole.indices) and 0 in whole.indices:
        return Question(
            "What exactly should I do, with which file, and what should come out of it?",
            ("move the files into folders by type", "find exact copies", "convert a file", "make a report from a table"),
        )
    if not reading.mentions and all(t.kind == "mark" or (t.kind == "word" and t.norm in _VAGUE) for t in reading.tokens):
        return Question("What exactly do you mean: which file, what should I do with it, and what should come out of it?", ())
    wipe = sketch.find(_WIPE)
    if wipe and not reading.left_over(wipe.indices):
        return Question("Which files exactly should I delete? Name them, or their type and folder.", ())
    return None
