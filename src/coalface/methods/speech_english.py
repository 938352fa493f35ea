"""The small words of English, and how its verbs are told from its nouns.

>>> ENGLISH.contrast.match("but it") is None
False
"""

import re

from .speech_kinds import Speech, dismissals, phrases, words


def _agrees_in_english(noun: str, word: str) -> bool:
    """ "Machines swallow", "a machine swallows"; not "machine oil", not "machine glass"."""
    return word.islower() and noun.endswith("s") != (
        word.endswith("s") and not word.endswith(("ss", "us", "is"))
    )


ENGLISH = Speech(
    speakers=words("""
        i you he she we they it nobody noone everyone everybody someone somebody i'm you're he's
        she's we're they're it's i've we've they've i'd we'd they'd i'll we'll they'll
        """),
    openers=words("""
        the a an my your his her its our their this these those no every each some any both nobody
        noone everyone somebody someone everything nothing
        """),
    verbs=words("""
        is are was were isn't aren't wasn't weren't has have had hasn't haven't hadn't do does did
        don't doesn't didn't can can't cannot could couldn't will won't would wouldn't shall should
        shouldn't must may might need needs let keeps kept keep crash crashes fails fail works work
        break breaks broke goes went go gets got get gave give gives came come comes took take takes
        made make makes left leave leaves lost lose loses sent send sends said say says told tell
        tells paid pay pays cost costs cut cuts felt feel feels found find finds saw see sees knew
        know knows thought think thinks bought buy buys sold sell sells stood stand stands sat sit
        sits rang ring rings ran run runs wrote write writes held hold holds heard hear hears met
        meet meets put puts shut stole steal love loves like likes hate hates want wants looks look
        seems seem sounds sound smells smell stinks stank drains freezes froze hangs hung shows show
        answers answer helps help stays stay stops stop starts start began begin begins lasts drops
        understand understood speaks spoke spoken changes deserve deserves hopes hope wish wishes
        fell fall falls rose rise rises grew arose awoke bore beat became bent bet bit blew bled
        bred brought built burnt burst caught chose clung crept dealt dug drew dreamt drank drove
        ate fed fought fled flung flew forbade forgot forgave ground hid hit hurt knelt laid led
        leant learnt lent lit meant mistook overcame overslept read rode sought set shook shone shot
        shrank sang slept slid slung spelt spent spilt spun split spread sprang stung strode struck
        strung swore swept swelled swam swung taught tore threw trod woke wore wove wept won wound
        withdrew agreed freed died lied tied tried replied applied worried carried hurried calls
        talks opens closes shuts charges refuses helped drip arrives arrive disappears remains
        remain happens happened exists lacks leaks continues continue am care cares stink snore
        snores squeak squeaks rattle rattles flicker flickers smelt tasted taste tastes reeks reek
        overflow overflows bite bites sags sag peels peel wobbles wobble creaks soars soar climbs
        climb doubles doubled tripled vanish vanishes ignore ignores explain explains listen listens
        treat treats deliver delivers refund refunds respond responds reply replies apologise
        apologises smile smiles serve serves clean cleans repair repairs fix fixes fixed block
        blocks freeze sticks stick stuck jams jam jammed glitches lags lag loads load buzzes buzz
        hums blinks behave behaves matters matter varies vary exceed exceeds beats saves save solves
        solve disappoint disappoints deserved sucks suck rocks rock drags leans confuse confuses
        annoys annoy frustrates shine shines cheers wait waits turn turns open close speak react
        reacts improve improves improved wear wears recline reclines owe owes remember remembers
        drive drives cancel cancels
        """),
    verb_ending=re.compile(r"[a-z]{2,}[^aeiou\W]ed\Z|[a-z]{3,}[aeiou]yed\Z|[a-z]{2,}ued\Z|[a-z]+n't\Z"),
    judging=words("""
        great good excellent brilliant fantastic amazing lovely nice kind friendly helpful polite
        wonderful superb perfect awesome fine clean quick fast easy fair cheap comfortable beautiful
        pleasant professional patient competent efficient reliable clear convenient spotless bad
        awful terrible horrible dreadful poor rude unfriendly unhelpful dirty filthy slow late long
        expensive loud noisy broken useless rubbish hopeless pathetic disgusting confusing
        complicated difficult impossible wrong missing rotten shocking appalling disappointing
        annoying boring cold warm quiet old new pretty joke nightmare disaster disgrace shame mess
        scam delight pleasure wet torn closed short small big high low outdated incompetent
        overpriced crowded cramped smelly outstanding best worst better worse ok okay heavenly
        charming welcoming attentive caring gentle thorough honest generous tasty delicious fresh
        spacious roomy cosy comfy modern stylish sturdy smooth safe bright smart handy intuitive
        informative useful motivating motivated courteous cheerful brief tidy neat punctual prompt
        speedy affordable tasteless tough flimsy rusty stale soggy bland greasy stuffy sticky grubby
        shabby tiny huge steep hefty pricey dear extortionate exorbitant vague clumsy laggy buggy
        glitchy sluggish unreliable unusable unsafe unclear unfair unprofessional arrogant grumpy
        sloppy careless ignorant chaotic messy faulty damaged outrageous ridiculous insulting
        mediocre average lousy crap horrid grim hideous ugly hard soft weak strong thin thick empty
        full mouldy deafening blurry frustrating tedious endless overcrowded understaffed bargain
        treat gem hell torture simple free complimentary included embarrassment farce patchy leaky
        fluffy flaky spotty shaky chatty gloomy dusty musty lumpy bumpy wobbly creaky squeaky itchy
        chilly draughty drafty muddy rainy tricky snappy pushy bossy moody classy posh plush lavish
        crisp juicy yummy dry burnt raw undercooked overcooked frozen freezing boiling hot cool dim
        dark dated worn tatty scruffy cracked blocked clogged stained odd weird strange silly stupid
        ludicrous absurd inflexible flexible dismissive condescending patronising cheeky blunt curt
        abrupt indifferent inattentive sincere warm-hearted knowledgeable skilled experienced
        accommodating responsive accurate inaccurate incorrect opaque transparent stable unstable
        secure solid robust durable shoddy cheap-looking underwhelming overwhelming exhausting
        stressful relaxing soothing magical unforgettable memorable stunning gorgeous immaculate
        pristine exceptional faultless flawless seamless effortless slick swift painless painful
        early bare basic bog-standard uninspired unacceptable inedible pitiful woeful atrocious
        abysmal diabolical deplorable scandalous extortion robbery theft rip-off letdown fiasco
        shambles circus blessing godsend angel angels star stars gems hero heroes dream highlight
        """),
    small=words("""
        and but or nor so yet then at by for from in into of off on onto out over per to up down
        with without about after before again all also always almost already away back during ever
        far here there how however just less least more most much many very really too quite rather
        even still only often once twice never not now well what whatever until since though instead
        together tomorrow today yesterday tonight week weeks day days hour hours minute minutes
        month months year years time times morning evening afternoon night weekend monday tuesday
        wednesday thursday friday saturday sunday last next first thing things lot bit me him them
        us myself itself themselves everything something anything nothing please thank thanks sorry
        unfortunately sadly luckily finally both such same other another two three home alone
        absolutely totally completely extremely incredibly end red blue green black white grey
        yellow be been being between among against regarding under within through towards beyond via
        upon thereby hereby thus hardly scarcely one
        """),
    explaining=words("""
        because since as which whom whose when whenever if unless until before after so where why
        although than despite therefore that who also
        """),
    contrast=phrases("but however"),
    aside=phrases("""
        unfortunately sadly on_the_other_hand in_contrast by_contrast yet regrettably alas mind_you
        meanwhile then_again
        """),
    beside=phrases("while whilst whereas though"),
    topic=phrases("as_for as_regards as_to when_it_comes_to regarding"),
    conceding=phrases("while whilst whereas although though even_though"),
    dismissing=dismissals(
        "skip forget avoid don't_bother do_not_bother don't_even_ask steer_clear",
        "well frankly honestly just please oh",
    ),
    adjective=re.compile(
        r"[a-z]{3,30}(?:less|ous|ful|ible|[^t]able|[^p]itable)\Z|un[a-z]{3,30}(?:ed|able|ing|ly)\Z"
    ),
    adding=phrases("and plus in_addition on_top_of_that moreover"),
    referring=words("he she it this that it's he's she's"),
    definite=words("the my your his her its our their these those"),
    lasting=re.compile(r"(?:is|are|was|were|am|been) [a-z]{2,30}ing\Z"),
    saying=words("think thought said says say hope believe told"),
    denying=words("""
        not no nothing nobody none never neither anything everything all isn't wasn't don't didn't
        """),
    barely=words("hardly scarcely few too"),
    follows=_agrees_in_english,
    adverb=re.compile(r"(?!(?:re|sup|ap)ply|family|assembly)\w{3,20}ly\Z"),
    drops_that=True,
)
