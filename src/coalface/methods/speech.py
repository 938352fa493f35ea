"""The small words that show where a sentence turns to another subject, in English, German and French.

>>> sorted(SPEECHES)
['de', 'en', 'fr']
>>> "aber" in SPEECHES["de"].small, bool(SPEECHES["en"].contrast.match("however"))
(True, True)
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Speech:
    """What the words of a language do in a sentence; everything in lower case.

    `speakers` are subjects that bring a verb along, `referring` ones name what was spoken of before,
    `openers` begin a subject of their own, or, the `relative` ones, a clause whose verb comes last. `verbs`,
    and whatever ends in `verb_ending`, say something of a subject, as does what comes after `clitics` or
    before `objects`; after `saying` ones comes what was said. By `follows` a word that is in no list looks
    like the verb of the noun right before it. Where one `drops_that`, "the card I ordered" explains.
    `judging` words praise or blame, `denying` and `barely` ones say what something is not, `small` ones and
    whatever looks like an `adverb` name no subject.
    `explaining` words begin a clause that only explains; those that are small, too, only as its first word.
    After `contrast` and `adding` words another subject may begin; after `aside` words, too, where a comma
    stands before them or both sides judge.
    """

    speakers: frozenset[str]
    openers: frozenset[str]
    verbs: frozenset[str]
    verb_ending: re.Pattern[str]
    judging: frozenset[str]
    small: frozenset[str]
    explaining: frozenset[str]
    referring: frozenset[str]
    contrast: re.Pattern[str]
    aside: re.Pattern[str]
    adding: re.Pattern[str]
    saying: frozenset[str]
    follows: Callable[[str, str], bool]
    relative: frozenset[str] = frozenset()
    clitics: frozenset[str] = frozenset()
    objects: frozenset[str] = frozenset()
    denying: frozenset[str] = frozenset()
    barely: frozenset[str] = frozenset()
    adverb: re.Pattern[str] = re.compile(r"(?!)")
    nouns_are_capital: bool = False
    drops_that: bool = False


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _phrases(text: str) -> re.Pattern[str]:
    """Any of these phrases, the longest first; an underline stands for white space."""
    longest_first = sorted(text.split(), key=len, reverse=True)
    spelled = "|".join(phrase.replace("_", r"\s{1,9}") for phrase in longest_first)
    return re.compile(rf"(?:{spelled})(?![\w'’])", re.IGNORECASE)


def _agrees_in_english(noun: str, word: str) -> bool:
    """ "Machines swallow", "a machine swallows"; not "machine oil", not "machine glass"."""
    return word.islower() and noun.endswith("s") != (
        word.endswith("s") and not word.endswith(("ss", "us", "is"))
    )


_DONE_IN_GERMAN = re.compile(r"(?:\w{0,6}ge\w+(?:t|en)|\w{0,4}(?:be|ver|er|ent|zer)\w{1,40}en)\Z")


def _agrees_in_german(noun: str, word: str) -> bool:
    """Nouns begin with a capital: what follows in lower case is a verb, unless it is a participle."""
    return noun[:1].isupper() and word[:1].islower() and not _DONE_IN_GERMAN.match(word[:40])


def _agrees_in_french(noun: str, word: str) -> bool:
    """ "Les douches gouttent"; in the singular a verb looks like an adjective."""
    return noun.endswith(("s", "x")) and word.endswith("ent")


_ENGLISH = Speech(
    speakers=_words("""
        i you he she we they it nobody noone everyone everybody someone somebody i'm you're he's she's
        we're they're it's i've we've they've i'd we'd they'd i'll we'll they'll
        """),
    openers=_words("""
        the a an my your his her its our their this these those no every each some any both nobody noone
        everyone somebody someone everything nothing
        """),
    verbs=_words("""
        is are was were isn't aren't wasn't weren't has have had hasn't haven't hadn't do does did don't
        doesn't didn't can can't cannot could couldn't will won't would wouldn't shall should shouldn't
        must may might need needs let keeps kept keep crash crashes fails fail works work break breaks
        broke goes went go gets got get gave give gives came come comes took take takes made make makes
        left leave leaves lost lose loses sent send sends said say says told tell tells paid pay pays cost
        costs cut cuts felt feel feels found find finds saw see sees knew know knows thought think thinks
        bought buy buys sold sell sells stood stand stands sat sit sits rang ring rings ran run runs wrote
        write writes held hold holds heard hear hears met meet meets put puts shut stole steal love loves
        like likes hate hates want wants looks look seems seem sounds sound smells smell stinks stank
        drains freezes froze hangs hung shows show answers answer helps help stays stay stops stop starts
        start began begin begins lasts drops understand understood speaks spoke spoken changes deserve
        deserves hopes hope wish wishes fell fall falls rose rise rises grew arose awoke bore beat became
        bent bet bit blew bled bred brought built burnt burst caught chose clung crept dealt dug drew
        dreamt drank drove ate fed fought fled flung flew forbade forgot forgave ground hid hit hurt knelt
        laid led leant learnt lent lit meant mistook overcame overslept read rode sought set shook shone
        shot shrank sang slept slid slung spelt spent spilt spun split spread sprang stung strode struck
        strung swore swept swelled swam swung taught tore threw trod woke wore wove wept won wound
        withdrew agreed freed died lied tied tried replied applied worried carried hurried calls talks
        opens closes shuts charges refuses helped drip arrives arrive disappears remains remain happens
        happened exists lacks leaks continues continue am
        """),
    verb_ending=re.compile(r"[a-z]{2,}[^aeiou\W]ed\Z|[a-z]{3,}[aeiou]yed\Z|[a-z]{2,}ued\Z|[a-z]+n't\Z"),
    judging=_words("""
        great good excellent brilliant fantastic amazing lovely nice kind friendly helpful polite
        wonderful superb perfect awesome fine clean quick fast easy fair cheap comfortable beautiful
        pleasant professional patient competent efficient reliable clear convenient spotless bad awful
        terrible horrible dreadful poor rude unfriendly unhelpful dirty filthy slow late long expensive
        loud noisy broken useless rubbish hopeless pathetic disgusting confusing complicated difficult
        impossible wrong missing rotten shocking appalling disappointing annoying boring cold warm quiet
        old new pretty joke nightmare disaster disgrace shame mess scam delight pleasure wet torn closed
        short small big high low outdated incompetent overpriced crowded cramped smelly outstanding best
        worst better worse ok okay heavenly charming welcoming attentive caring gentle thorough honest
        generous tasty delicious fresh spacious roomy cosy comfy modern stylish sturdy smooth safe bright
        smart handy intuitive informative useful motivating motivated courteous cheerful brief tidy neat
        punctual prompt speedy affordable tasteless tough flimsy rusty stale soggy bland greasy stuffy
        sticky grubby shabby tiny huge steep hefty pricey dear extortionate exorbitant vague clumsy laggy
        buggy glitchy sluggish unreliable unusable unsafe unclear unfair unprofessional arrogant grumpy
        sloppy careless ignorant chaotic messy faulty damaged outrageous ridiculous insulting mediocre
        average lousy crap horrid grim hideous ugly hard soft weak strong thin thick empty full mouldy
        deafening blurry frustrating tedious endless overcrowded understaffed bargain treat gem hell
        torture embarrassment farce
        """),
    small=_words("""
        and but or nor so yet then at by for from in into of off on onto out over per to up down with
        without about after before again all also always almost already away back during ever far here
        there how however just less least more most much many very really too quite rather even still only
        often once twice never not now well what whatever until since though instead together tomorrow
        today yesterday tonight week weeks day days hour hours minute minutes month months year years time
        times morning evening afternoon night weekend monday tuesday wednesday thursday friday saturday
        sunday last next first thing things lot bit me him them us myself itself themselves everything
        something anything nothing please thank thanks sorry unfortunately sadly luckily finally both such
        same other another two three home alone absolutely totally completely extremely incredibly end red
        blue green black white grey yellow be been being between among against regarding under within
        through towards beyond via upon thereby hereby thus hardly scarcely one
        """),
    explaining=_words("""
        because since as which whom whose when whenever if unless until before after so where why although
        than despite therefore that who while also
        """),
    contrast=_phrases("but however"),
    aside=_phrases("whereas unfortunately sadly though on_the_other_hand in_contrast yet"),
    adding=_phrases("and plus in_addition on_top_of_that moreover"),
    referring=_words("he she it this that it's he's she's"),
    saying=_words("think thought said says say hope believe told"),
    denying=_words("""
        not no nothing nobody none never neither anything everything all isn't wasn't don't didn't
        """),
    barely=_words("hardly scarcely few too"),
    follows=_agrees_in_english,
    adverb=re.compile(r"(?!(?:re|sup|ap)ply|family|assembly)\w{3,20}ly\Z"),
    drops_that=True,
)
_GERMAN = Speech(
    speakers=_words("ich du er sie wir ihr man es niemand keiner jemand jeder alle mir wer i mer ma mia"),
    openers=_words("""
        der die das den dem des ein eine einen einem einer mein meine meinen meinem meiner unser unsere
        unserem unserer euer eure eurem eurer ihr ihre ihren ihrem ihrer sein seine seinen kein keine
        keinen keiner dieser diese dieses diesen diesem jeder jede jedes alle beide niemand nichts im am
        zum zur beim vom d de s mi mis
        """),
    verbs=_words("""
        ist sind war waren wäre bin bist seid sei isch sy san hat haben hatte hatten habe hab hast hätte
        hätten het händ hani wird werden wurde wurden würde worden kann können konnte konnten könnte muss
        müssen musste mussten müsste soll sollen sollte sollten will wollen wollte wollten darf dürfen
        durfte mag möchte möchten lässt lassen ließ ließen liess geht gehen ging gingen gehts gibt gab
        gäbe kommt kommen kam kamen steht stehen stand standen liegt liegen lag lagen bleibt bleiben blieb
        blieben macht machen tut tun tat nimmt nehmen nahm nahmen sieht sehen sah sahen sagt sagen weiß
        weiss wissen wusste finde findet finden fand fanden hilft helfen half halfen heißt heisst hieß
        läuft laufen lief liefen fährt fahren fuhr fuhren bekam bekomme bekommt bekommen kriege kriegt
        fehlt fehlen fehlten zieht zog hält halten hielt hielten ruft rief riefen schließt schloss spricht
        sprach stürzt bricht brach riecht roch stinkt klemmt spinnt nervt passt passen stimmt stimmen
        klappt klappen kostet kosten dauert dauern wartet warte warten zahlt zahle zahlen funktioniert
        funktionieren reagiert meldet antwortet redet kennt kennen versteht verstehen verstand scheint
        schien wirkt braucht brauche brauchen dröhnt lädt hängt hing bietet bot stieg steigt sinkt sank
        verliert verlor reißt wünsche wünscht hoffe danke freue dachte gefällt gefiel isch goht gaht
        chunnt funktioniert flog meinte zuckte
        """),
    verb_ending=re.compile(
        r"[a-zäöüß]{3,}(?:ierte?n?|elte?n?|erte|ckten?|ppten?|zten?|[bdfgmpt]ete?n?|lte|gten?)\Z"
    ),
    judging=_words("""
        gut gute gutes guter guten toll tolle tolles toller super prima klasse spitze top nett nette
        nettes netter netten freundlich freundliche freundliches freundlicher lieb liebe hilfsbereit
        höflich kompetent kompetente kompetentes schön schöne schönes schöner sauber saubere sauberes
        sauberer schnell schnelle schneller schnelles einfach einfache pünktlich günstig günstige fair
        faire angenehm ruhig perfekt perfekte hervorragend hervorragende ausgezeichnet bestens großartig
        wunderbar herrlich leise schlecht schlechte schlechter schlechtes schlechten mies miese mieser
        mieses furchtbar schrecklich schlimm katastrophal katastrophe witz frechheit zumutung
        unverschämtheit unfreundlich unfreundliche unhöflich unfähig inkompetent dreckig dreckige
        schmutzig schmutzige eklig langsam langsame langsamer lang lange langes langer laut laute lauter
        teuer teure teures überteuert unbrauchbar nutzlos kaputt defekt defekte kompliziert umständlich
        unübersichtlich verwirrend unmöglich unverständlich falsch falsche unzuverlässig spät voll leer
        alt alte neu neue klein kleine winzig hübsch hell dunkel kalt heiß warm hoch hohe niedrig stabil
        lieblos mühsam ärgerlich nervig überfordert bemüht gelaunt engel ordnung albtraum saustall cool
        üppig üppige lecker leckere köstlich frisch frische modern moderne gemütlich bequem bequeme
        großzügig herzlich herzliche aufmerksam aufmerksame geduldig einfühlsam charmant zuvorkommend
        engagiert motiviert motivierte ordentlich ordentliche gründlich sorgfältig ehrlich seriös
        zuverlässig zuverlässige flott zügig rasch preiswert übersichtlich praktisch geräumig lehrreich
        hilfreich verständlich sicher stark starke schwach schwache fade zäh ranzig verrostet rostig
        schimmlig stickig muffig klebrig schäbig heruntergekommen veraltet altmodisch winzige riesig
        riesige enorm happig unverschämt unverschämte gesalzen arrogant patzig mürrisch genervt schlampig
        hilflos ahnungslos chaotisch fehlerhaft beschädigt lächerlich enttäuschend enttäuschende
        mittelmäßig lausig grauenhaft grausam hässlich hart weich dünn überlaufen überfüllt unterbesetzt
        unleserlich unbequem unsauber unpünktlich ungepflegt hölle qual chaos desaster traum
        """),
    small=_words("""
        zurück zusammen allein daran darauf davon dazu dabei danach davor wieder weiter los weg fort
        schief drin drauf rein raus und aber oder denn doch sondern so da dann damit deshalb darum an auf
        aus bei durch für gegen hinter in ins mit nach neben ohne über um unter von vor wegen zu zwischen
        seit trotz am im zum zur beim vom ab her hin hier dort nicht nie niemals kein nur noch schon sehr
        ganz gar immer immerhin ja nein jetzt heute gestern morgen bald später früher eben erst endlich
        leider mal viel viele mehr wenig weniger auch außerdem ausserdem zudem allerdings jedoch dafür
        dagegen hingegen trotzdem sogar sofort überhaupt ziemlich echt wirklich fast etwa genau oft selbst
        sonst wohl zwar gern gerne alles etwas nichts mich dich sich uns euch mir dir ihm ihnen ihn was
        warum tag tage tagen woche wochen monat monate monaten jahr jahre jahren stunde stunden minute
        minuten uhr zeit montag dienstag mittwoch donnerstag freitag samstag sonntag abend vormittag
        nachmittag nacht mittag januar februar märz april mai juni juli august september oktober november
        dezember ende bitte danke mega eifach z viu drei zwei einmal zweimal nächste nächsten letzte
        letzten selben völlig total absolut furchtbar blau rot grün schwarz weiß gelb
        """),
    explaining=_words("""
        weil da denn dass daß obwohl wenn als damit ob wie sodass falls nachdem bevor wo welche welcher
        welches deshalb darum sondern trotzdem trotz bis sobald solange ehe indem seitdem während wos auch
        """),
    contrast=_phrases("aber"),
    aside=_phrases(
        "jedoch allerdings dafür hingegen dagegen nur leider doch außerdem ausserdem zudem obendrein"
    ),
    adding=_phrases("und"),
    referring=_words("er sie"),
    saying=_words("finde findet fand meinte meint sagte sagt denke dachte glaube hoffe heißt heisst hieß"),
    denying=_words("""
        nicht nichts kein keine keinen keiner nie niemand alles
        """),
    barely=_words("kaum wenig wenige zu"),
    follows=_agrees_in_german,
    relative=_words("der die das den dem denen deren dessen"),
    nouns_are_capital=True,
)
_FRENCH = Speech(
    speakers=_words("je j' tu il elle on nous vous ils elles c' ça cela ce personne quelqu'un rien tout j"),
    openers=_words("""
        le la l' les un une des du au aux mon ma mes ton ta tes son sa ses notre nos votre vos leur leurs
        ce cet cette ces aucun aucune chaque personne quelques certains plusieurs seul seule
        """),
    verbs=_words("""
        est es suis sommes êtes sont était étais étaient étions fut sera serait soit ai as a avons avez
        ont avait avais avaient aura aurait va vais vas vont allait fait fais font faisait peut peux
        pouvez peuvent pouvait pourrait pourriez doit dois devez doivent devrait faut fallait veut veux
        veulent voulait voudrais voudrait sait sais savent savait dit disent disait prend prennent prenait
        met mettent vient viennent venait revient tient tiennent devient part partent sort sortent sent
        sentent répond répondent répondait rend rendent attend attends attendons attendent perd perdent
        plante plantent marche marchent fonctionne fonctionnent coûte coûtent manque manquent arrive
        arrivent passe passent reste restent semble semblent ferme ferment ouvre ouvrent change changent
        augmente augmentent baisse dure durent bloque refuse refusent accepte acceptent demande demandent
        trouve trouvent donne donnent aide aident parle parlent appelle appellent paie paient paye payent
        rame hurle hurlent laisse laissent convient conviennent connaît connaissent voit voient croit
        comprend comprends comprennent sert servent pleut dort vaut valent existe existent déborde
        débordent coupe coupent grimpe colle pue espère souhaite préfère aime aiment déteste plaît
        refusait acceptait s'est n'est n'a n'ont
        """),
    verb_ending=re.compile(r"[a-zà-ÿ]{2,}(?:aient|ait|èrent|era|eront|erait|eraient)\Z"),
    judging=_words("""
        bon bonne bons bonnes parfait parfaite parfaits parfaites excellent excellente super génial
        géniale formidable formidables charmant charmante charmants adorable adorables gentil gentille
        gentils gentilles aimable aimables sympa sympas agréable agréables souriant souriante rapide
        rapides propre propres beau belle beaux belles clair claire claires efficace efficaces compétent
        compétente correct corrects correcte honnête impeccable simple pratique facile calme joli jolie
        nickel top nul nulle nuls nulles mauvais mauvaise mauvaises horrible horribles affreux affreuse
        catastrophique catastrophiques catastrophe désagréable désagréables impoli odieux arrogant
        arrogante incompétent sale sales crasseux dégoûtant lent lente lents lentes long longue longs
        longues cher chère chers chères élevé élevés élevée bruyant bruyante bruyants inutile inutiles
        indécent indécents indécente scandaleux scandaleuse injoignable introuvable impossible
        interminable interminables incompréhensible incompréhensibles compliqué compliquée cassé cassée
        cassés défectueux fausse faux fausses vieux vieille vétuste petit petite petits minuscule occupé
        cauchemar honte blague fort forte froid froide stable médiocre lamentable minable décevant
        décevante glacial géniaux pénible affreuses génialissime copieux copieuse délicieux délicieuse
        fraîche moderne modernes confortable confortables spacieux spacieuse généreux chaleureux
        chaleureuse attentif attentive attentifs patient patiente doux douce soigné soignée soigneux
        honnêtes sérieux sérieuse fiable fiables ponctuel ponctuelle pratiques utile utiles instructif
        instructive motivant motivants serviable serviables professionnel professionnelle professionnels
        courtois courtoise poli polie grand grande fade fades dur dure mou rouillé rouillés rouillée moisi
        collant poisseux crade miteux vétustes exigu étroit étroite étouffant énorme énormes exorbitant
        exorbitants abusif abusifs excessif excessifs salé flou floue confus confuse grincheux hautain
        négligé bâclé chaotique ridicule ridicules insultant décevants moche moches faible faibles bondé
        bondée saturé débordé illisible illisibles inconfortable aberrant inadmissible inacceptable
        désastre désastreux enfer galère charmantes souriants souriantes cordial cordiale excellents
        excellentes merveilleux magnifique superbe superbes
        """),
    small=_words("""
        et mais ou donc or ni si à au aux de d' du des en dans sur sous par pour avec sans chez vers entre
        depuis pendant avant après contre jusque ne n' plus moins très trop assez aussi bien mal peu
        beaucoup encore toujours jamais déjà enfin ici là y se s' me m' te t' lui leur eux soi même mêmes
        tous toutes tout toute tant tellement vraiment malheureusement hélas cependant toutefois pourtant
        ensuite puis jour jours semaine semaines mois an ans année années heure heures minute minutes
        matin soir midi nuit fois lundi mardi mercredi jeudi vendredi samedi dimanche hier aujourd'hui
        demain maintenant autre autres chose trois deux vite presque surtout plutôt dernier dernière
        prochain prochaine non oui bravo cela ça celui celle ceux rien quelque moi toi nous vous arrêt
        peine fin janvier février mars avril mai juin juillet août septembre octobre novembre décembre
        bleu bleue rouge vert verte noir noire blanc blanche pas seulement
        """),
    explaining=_words("""
        parce car que qu' qui dont où quand lorsque lorsqu' puisque puisqu' si comme donc afin quoique
        malgré depuis pendant pour après avant sans dès alors jusqu' aussi
        """),
    contrast=_phrases("mais par_contre en_revanche cependant toutefois"),
    aside=_phrases("pourtant seulement alors_que tandis_que malheureusement hélas seul seule"),
    adding=_phrases("et en_plus de_plus par_ailleurs"),
    referring=_words("il elle c' ce cela ça"),
    saying=_words("dit disait pense pensais trouve crois espère"),
    clitics=_words("ne n' se s' me m' te t' y"),
    objects=_words(
        "le la les l' un une mon ma mes son sa ses notre nos votre vos leur leurs ce cet cette ces"
    ),
    denying=_words("""
        pas rien aucun aucune ne n' ni jamais tout
        """),
    barely=_words("peu trop guère"),
    follows=_agrees_in_french,
)
SPEECHES = {"en": _ENGLISH, "de": _GERMAN, "fr": _FRENCH}


def hits(words: Iterable[str]) -> dict[str, int]:
    """How often words belong to those a language is known by.

    Shapes: words in lower case, with straight apostrophes. Units: a count for each of the three languages.
    Errors: none. Source: the lists above.

    >>> hits(["die", "karte", "ist", "weg"])
    {'en': 0, 'de': 3, 'fr': 0}
    """
    counts = Counter(words)
    return {
        code: sum(
            count
            for word, count in counts.items()
            for known in (speech.openers, speech.small, speech.verbs, speech.judging)
            if word in known
        )
        for code, speech in SPEECHES.items()
    }


# The commonest "but" of other languages; a cut only after a comma, or where a sentence begins anew.
BUT = {
    "es": _phrases("pero sin_embargo"),
    "it": _phrases("ma però invece"),
    "nl": _phrases("maar echter"),
    "pl": _phrases("ale jednak natomiast"),
    "pt": _phrases("mas porém"),
    **dict.fromkeys(("sv", "da"), _phrases("men")),
    "tr": _phrases("ama fakat ancak"),
    "cs": _phrases("ale avšak"),
    "ro": _phrases("dar însă"),
    "hu": _phrases("de viszont azonban"),
    "hr": _phrases("ali"),
}
