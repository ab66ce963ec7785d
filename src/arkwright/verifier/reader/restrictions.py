"""Words that may restrict what is to be done, wherever nobody has accounted for them."""

_CONDITIONS = """
if when unless only but or already later again part parts half since while until short small big long little bit new old clean simple
overview summary analysis presentation english german except not no never without first last next other another others different
"""
_PARTS = """
table tables list lists row rows line lines entry entries item items action actions number numbers value values column columns field
fields data figures information info people person name names record records question questions answer answers title result results
task tasks job sheet section sections chapter paragraph heading headings link links
"""
CONDITIONS = frozenset(_CONDITIONS.split())
PARTS = frozenset(_PARTS.split())
