"""Words that ask for nothing by themselves.

What asks for something (verbs of doing, restrictions, orders, numbers, `or`) must never stand here.
"""

_WORDS = """
goes going seperate
a an the this that these those it its them they their there here i i'd i'll i'm i've me my we we'd our us you your he she his
her one's is are was were be been being am do does did have has had having can could would should will may might shall must want
wants wanted need needs needed like love wish hope please thanks thank kindly hi hello hey dear cheers so well just simply also
too as of in on at to for from with by into onto and then than if when where which who whom whose what how up out off about
per each every any some all both get got give gives show shows tell take makes make made create created produce produced build
generate generated write written save saved put puts store stored export exported output outputs deliver provide provided
prepare prepared list listed listing see look have's let lets let's help find found compute computed calculate calculated work
worked figure determine read reading go through use using used based come comes contains contain containing contained holds hold
holding includes called named name's file files table tables data dataset row rows record records line lines entry entries
column columns field fields result results sheet worksheet workbook document source input numbers number's figures values value
information info thing things something everything behind same new nice nicely proper properly simple small short quick quickly
ordinary normal plain ready good fine ok okay right asap soon monday's boss manager colleague team meeting presentation because
since's while whether back year's month's again together still already yet ever really actually exactly respectively i.e e.g etc i.e. e.g. etc.
way kind form format version copy folder directory current workspace attached following above-mentioned given mentioned job task
request overview summary accounting software spreadsheet's could've question answer know only's me's very much
possible available everyone everybody sold placed bought shown ordered's sale item items action actions one ones people person
piece pieces entity occurrence occurrences hit it's that's there's here's what's lot bit little side end part parts whole entire
complete full fully
database sqlite needed required besides moreover furthermore additionally addition themselves itself concerned concerning said stated
present presented present contained sits lies select selected check looked look-up there's belongs belonging belong state states
stating altogether respective corresponding giving making showing listing writing saving creating producing building preparing containing pick picked filter evaluate evaluated draw drawn calculation appear appears
"""
NEUTRAL = frozenset(_WORDS.split())
