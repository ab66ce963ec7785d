"""Wording: ways of saying the same thing, brought to the wording that the other readers know.

A rule replaces a stretch of free tokens by others; `{k}` in it stands for the group k of its pattern, `{k?}` for a group that may be
missing. A rule never drops what could restrict, order or compute: it only says it in other words.
"""

from arkwright.verifier.reader.measures import ADJECTIVE, AGG, KEY
from arkwright.verifier.script import Match, Script

ADDED = r"(?:added up|summed up|added together|summed|totalled|totaled|added|aggregated)"
BE = r"(?:should be|shall be|must be|has to be|have to be|is to be|are to be|needs to be|is|are|was|were|be|being|comes?|goes?|stands?|listed|shown|placed|put|should|must|to)"
TOP = r"(?:at the (?:very )?top|on (?:the )?top|first|at the beginning|at the start|in first place|up top)"
THING = r"(?:{col}|{tab}|one|ones|row|rows|entry|entries|line|lines|item|items)"
NAMED = r"(?:share|portion|percentage|total|sum|count|value|revenue|turnover|number|amount|sales|figure|result)"
EARNS = r"(?:brings? in|brought in|makes?|made|earns?|earned|generates?|generated|yields?|yielded|sells?|sold|turns? over|takes? in|took in|contributes?|contributed)"
MONEY = r"(?:money|revenue|turnover|sales|income|cash)"
WHICHEVER = r"(?:which|what)(?: of (?:the|our))?"
WEEK = r"monday(?: ,)? (?:to|until|till|through|thru|-|–|up to|, tuesday (?:, )?(?:\.+|…|and so on|etc)?(?: ,)? ?(?:until|to|,|-)?) sunday"

RULES: tuple[tuple[str, str], ...] = (
    # tables that lie across
    (rf"(?:(?:and|with|in which|where|that has|has|have|having|,) )*(?:each|every) (?P<k>{KEY}) (?:(?:has|gets|have|get|with|in|as|should) )*(?:its|an?|one) (?:own )?column(?: of its own)?", "{k} as columns"),
    (rf"(?:(?:and|with|that has|has|have|having|,) )*(?:an?|one) column (?:for|per) (?:each |every )?(?P<k>{KEY})", "{k} as columns"),
    (rf"(?:(?:and|with|that has|has|have|having|,) )*(?:an?|one) row (?:for|per) (?:each |every )?(?P<k>{KEY})(?= (?:and )?(?:{KEY}) as columns)", "{k} as rows"),
    (r"how (?:do|did|does|have|has) (?:our |the |my )?(?P<c>{col}) (?:develop|developed|look|evolve|evolved|change|changed)", "total {c}"),
    # one line an item
    (r"(?:so that |such that |where |with |in which |, )*(?:each|every)(?: single| individual)? (?P<x>{tab}|item|position|entry|{col})(?: of (?:an?|the|every|each|its) (?:{tab}|{col}|order))? (?:(?:gets|has|takes|is|on|should|be|with|in|occupies|must|to|stand|stands) )+(?:its|an?|one) ?(?:own )?(?:line|row|record)(?: of its own)?", "one line per {x} ,"),
    (r"one (?:row|line|record) (?:per|for each|for every) (?P<x>{tab}|item|position|{col}) (?:of|in) (?:an?|each|every|the) (?:{tab}|{col}|order)", "one line per {x} ,"),
    (r"(?:in which |where |so that )?each (?:row|line) (?:is|stands for|shows|holds) (?:one|an?) (?:single |ordered )?(?P<x>{tab}|item|position)", "one line per {x} ,"),
    # looked up in another table
    (r"for each(?: one)? of (?:them|these|those)(?: ,)?", "with"),
    # sums and means
    (rf"(?P<c>{{col}}) (?:which |that )?(?:(?:have|has|are|is|need|needs|to|be|being|then|all) )*{ADDED}", "total {c}"),
    (rf"(?:added-up|summed-up|added up|summed up|added together|cumulated|accumulated|combined|{ADDED}) (?:the |all )*(?P<c>{{col}})", "total {c}"),
    (r"what (?:the |their |its |all )*(?P<c>{col}) (?:add|adds|sum|sums|come|comes|amount|amounts) (?:up )?to", "total {c}"),
    (r"what (?:they|people|employees|{tab}|{col}) (?P<c>{col}) on average", "average {c}"),
    (r"(?:the )?(?P<c>{col}) on average", "average {c}"),
    (r"how much (?P<c>{col}) (?:there is|there was|altogether|in total|in all|overall)", "total {c}"),
    (r"how many (?P<c>{col}) (?:altogether|in total|in all|overall)", "total {c}"),
    (r"(?P<x>{tab}|orders?|rows?|entries|records|customers?|employees?|items?|lines?|requests?) counts?(?= |$)", "number of {x}"),
    (r"(?:the )?count of (?:all |the )*(?=orders|rows|entries|{tab})", "number of"),
    # products of columns
    (r"(?:multiply|multiplying) (?:the )?(?P<a>{col}) (?:by|with|and) (?:the )?(?P<b>{col})", "value ( {a} * {b} )"),
    (r"(?:the )?product of (?:the )?(?P<a>{col}) and (?:the )?(?P<b>{col})", "value ( {a} * {b} )"),
    (
        r"(?P<n>revenue|turnover|sales|value|spending|spend|amount|total revenue|stock value) (?:means|is calculated as|is computed as|is defined as|equals|meaning|that is|i\.e\.|being|is|=|:|,)+ (?:the )?(?P<a>{col}) (?:times|multiplied by|multiplied with|x|\*) (?P<b>{col})",
        "{n} ( {a} * {b} )",
    ),
    (r"(?P<a>{col}) (?:multiplied with|multiplied by) (?:the )?(?P<b>{col})", "{a} * {b}"),
    # keys
    (rf"(?:and |with )?(?:one|a|1) (?:single )?(?:bar|point|slice|sector|segment|wedge|dot)(?: is| are)?(?: drawn| shown)? (?:per|for each|for every|each|for) (?P<k>{KEY})", "per {k}"),
    (rf"(?:each|every) (?P<k>{KEY}) (?:(?:has|gets|takes|is|are|drawn|shown|appears|should|have|as|on|in|with) )+(?:its|a|an|one|their) (?:own )?(?:row|line|bar|graph|curve|point)(?: of its own| each)?", "per {k}"),
    (rf"(?:spread|distributed|divided|split up|split|allocated) (?:over|across|among|between|by|on) (?:the |our )*(?P<k>{KEY})", "per {k}"),
    (r"(?P<k>month|week|day|year|quarter) (?:by|after|for) (?:month|week|day|year|quarter)", "per {k}"),
    (rf"(?:for|of|in|on|at) (?:each|every) (?:single |one |individual )?(?:of (?:the|our|these|those) )?(?P<k>{KEY})", "per {k}"),
    (rf"(?<!of )(?<!the )(?P<k>{KEY})(?: ,)? (?:and|with|plus) (?:its|their) (?P<m>(?:total |average |summed )?(?:{{col}}|revenue|turnover))(?= · | (?:is|are|as|in|to|for|into|from|,|\.))", "{m} per {k}"),
    (rf"(?:does|do|did|has|have) (?:each|every) (?P<k>{KEY})", "per {k}"),
    (rf"(?:falls|goes|belongs) (?:to|on|in) (?:each|every) (?P<k>{KEY})", "per {k}"),
    (r"(?P<k>months|weeks|days|years|quarters) from (?:the )?first to (?:the )?last", "sort by {k} ascending"),
    (r"(?:the )?(?P<c>{col})(?P<m>(?: (?:in|from|of|for|,|and|{file}))*) (?:sum|add|total) (?:them|these|it|those)(?: all)?(?: up| together)?", "total {c} {m?}"),
    (r"(?:and )?(?:the (?:first|second|third|other)|one)(?: number| figure| one)? (?:is|says|tells|shows|gives)(?= (?:the number|the count|how many|in how many|the total|the sum|the revenue|the average))", ","),
    # order
    (rf"(?:the )?(?:{KEY}|{THING}) (?:(?:with|having|that have|that has|which has) )+(?:the )?(?P<a>{ADJECTIVE}) (?P<c>{{col}}|(?:{AGG}|number of) (?:{{col}}|{{tab}}|orders)|{NAMED}) (?:{BE} )*{TOP}", "{a} {c} first"),
    (rf"(?:and |, )*(?:beginning|starting|start|begin|begins|starts) (?:with|at|from) (?:the )?(?P<a>{ADJECTIVE})(?: (?P<c>{{col}}|{NAMED}))?(?: one| {{tab}})?", "{a} {c?} first"),
    (rf"(?:(?:sorted|sort|ordered|order|ranked|listed|rank) )?(?:it |them )?from (?:the )?(?P<a>{ADJECTIVE})(?: (?P<c>{{col}}))? (?:down |up )?to (?:the )?{ADJECTIVE}(?: {{col}})?", "{a} {c?} first"),
    (rf"(?:the )?(?P<a>{ADJECTIVE}) (?P<c>{{col}}|{NAMED}) (?:{BE} )+{TOP}", "{a} {c} first"),
    (r"(?:in )?(?:descending|decreasing|falling|desc)(?: order)? (?:of|by) (?:the )?(?P<c>{col}|count|total)", "sort by {c} descending"),
    (r"(?:in )?(?:ascending|increasing|rising|asc)(?: order)? (?:of|by) (?:the )?(?P<c>{col}|count|total)", "sort by {c} ascending"),
    (r"(?:in )?(?:decreasing|falling) order|(?:, )desc(?=[ .]*$)|(?<=\) )desc(?=[ .]*$)|desc(?=[ .]*$)", "descending"),
    (r"(?:in )?(?:increasing|rising) order|(?:, )asc(?=[ .]*$)", "ascending"),
    (rf"(?:(?:from|in the order|ordered|sorted|starting|of|for|with|each) )*{WEEK}", "sort by weekday ascending"),
    (r"(?:the )?(?P<k>months|weeks|days|years|quarters|dates) (?:are |should be )?in (?:the right |the correct |calendar |chronological |their natural |the )?(?:order|{tab}|{col})(?= ?[.,;]|$)", "sort by {k} ascending"),
    (r"(?:sorted |ordered )?(?:in )?(?:chronological(?:ly)?(?: order)?|by time|in order of time)", "sort by date ascending"),
    # who or what comes first
    (rf"(?:on |in )?{WHICHEVER} (?P<k>{KEY}) (?:(?:do|did|does|have|had|we|they|i|usually|normally) )+(?:sell|sold|earn|earned|make|made|take in|took in|bring in) (?:the )?most(?: {MONEY})?(?: \( (?:by |in )?(?P<c>{{col}})(?: ,)?(?: and)? not (?:the |by |in )*(?:number of )?(?:{{col}}|pieces|units|count|orders) \))?", "best {k} by total {c?}"),
    (rf"{WHICHEVER} (?P<k>{KEY}) (?:{EARNS}) (?:us )?(?:the )?most (?:{MONEY}|(?P<c>{{col}})) (?:in|per|for|of|by) (?:each|every|the)? ?(?P<g>{{col}})", "best {k} in each {g} by total {c?}"),
    (rf"{WHICHEVER} (?P<k>{KEY}) (?:{EARNS}) (?:us )?(?:the )?most (?:{MONEY}|(?P<c>{{col}}))", "best {k} by total {c?}"),
    # where things are put
    (r"(?:under the name|with the name|by the name of|file name|filename|named as|as file name)(?: :| is|=)? (?P<f>{file})", "save as {f}"),
    (r"(?P<v>is|are) (?:the |an? )?(?P<c>{col}) (?P<m>missing|empty|blank)", "{c} {v} {m}"),
    (rf"(?:the )?(?P<a>strongest|best|top|weakest|worst) (?P<k>{KEY}) (?:of|in|within|for|per) (?:each|every) (?P<g>{{col}})(?: (?:moneywise|in terms of (?:money|revenue|sales)|by (?:money|revenue|sales)))?(?! by)", "{a} {k} in each {g} by total"),
    (rf"(?:determine |find |take |keep |show |pick )?(?:only )?(?:the )?(?P<k>{KEY}) with the (?P<a>highest|largest|biggest|lowest|smallest) (?:total|sum)(?: (?:within|in|of|for|per) (?:each |every )?(?P<g>{{col}}))(?= · |[ ,.])", "best {k} in each {g} by total"),
    # rows left out
    (r"(?:skip|leave out|omit|ignore|exclude|drop|forget|disregard|leaving out|skipping|ignoring|excluding) (?:the |all |any )*(?:{tab}|rows|entries|records|lines|those|orders|ones) (?:with no|without(?: an?)?|that have no|which have no|having no|missing an?|lacking an?|who have no) (?P<c>{col})", "where {c} is not empty"),
    (r"(?:the )?(?:{tab}|rows|entries|records|lines|those|orders|ones) (?:with no|without(?: an?)?|that have no|which have no|having no|missing an?|lacking an?) (?P<c>{col}) (?:can|may|should|must|shall|need to|are to|do|have to|are)(?: not)? (?:stay out|be skipped|be left out|be ignored|be omitted|be dropped|be excluded|skipped|left out|ignored|matter|needed|not needed|be considered)", "where {c} is not empty"),
)  # fmt: skip


def reword(script: Script) -> None:
    """Apply the rules, each wherever it fits."""
    for pattern, template in RULES:
        for _ in range(12):
            match = next(script.find(pattern), None)
            if match is None:
                break
            script.rewrite(match, _filled(match, template))


def _filled(match: Match, template: str) -> str:
    """A template without the optional groups that took no part."""
    parts = [p for p in template.split() if not p.endswith("?}") or p[1:-2] in match.groups]
    return " ".join(p.replace("?}", "}") for p in parts)
