"""The small words of German, and how its verbs are told from its nouns.

>>> GERMAN.contrast.match("aber it") is None
False
"""

import re

from .speech_kinds import Speech, dismissals, phrases, words

_DONE_IN_GERMAN = re.compile(r"(?:\w{0,6}ge\w+(?:t|en)|\w{0,4}(?:be|ver|er|ent|zer)\w{1,40}en)\Z")


def _agrees_in_german(noun: str, word: str) -> bool:
    """Nouns begin with a capital: what follows in lower case is a verb, unless it is a participle."""
    return noun[:1].isupper() and word[:1].islower() and not _DONE_IN_GERMAN.match(word[:40])


GERMAN = Speech(
    speakers=words("ich du er sie wir ihr man es niemand keiner jemand jeder alle mir wer i mer ma mia"),
    openers=words("""
        der die das den dem des ein eine einen einem einer mein meine meinen meinem meiner unser
        unsere unserem unserer euer eure eurem eurer ihr ihre ihren ihrem ihrer sein seine seinen
        kein keine keinen keiner dieser diese dieses diesen diesem jeder jede jedes alle beide
        niemand nichts im am zum zur beim vom d de s mi mis
        """),
    verbs=words("""
        ist sind war waren wäre bin bist seid sei isch sy san hat haben hatte hatten habe hab hast
        hätte hätten het händ hani wird werden wurde wurden würde worden kann können konnte konnten
        könnte muss müssen musste mussten müsste soll sollen sollte sollten will wollen wollte
        wollten darf dürfen durfte mag möchte möchten lässt lassen ließ ließen liess geht gehen ging
        gingen gehts gibt gab gäbe kommt kommen kam kamen steht stehen stand standen liegt liegen
        lag lagen bleibt bleiben blieb blieben macht machen tut tun tat nimmt nehmen nahm nahmen
        sieht sehen sah sahen sagt sagen weiß weiss wissen wusste finde findet finden fand fanden
        hilft helfen half halfen heißt heisst hieß läuft laufen lief liefen fährt fahren fuhr fuhren
        bekam bekomme bekommt bekommen kriege kriegt fehlt fehlen fehlten zieht zog hält halten
        hielt hielten ruft rief riefen schließt schloss spricht sprach stürzt bricht brach riecht
        roch stinkt klemmt spinnt nervt passt passen stimmt stimmen klappt klappen kostet kosten
        dauert dauern wartet warte warten zahlt zahle zahlen funktioniert funktionieren reagiert
        meldet antwortet redet kennt kennen versteht verstehen verstand scheint schien wirkt braucht
        brauche brauchen dröhnt lädt hängt hing bietet bot stieg steigt sinkt sank verliert verlor
        reißt wünsche wünscht hoffe danke freue dachte gefällt gefiel goht gaht chunnt flog meinte
        zuckte blinkt blinken rattert quietscht quietschen tropft tropfen rostet rosten schimmelt
        schimmelte schimmeln schmeckt schmecken schmeckte schmeckten bemüht bemühen kümmert kümmern
        erklärt erklärte erklären hört hörte hören arbeitet arbeiten arbeitete öffnet öffnen brennt
        brennen brannte leuchtet leuchten fällt fiel fielen fallen rennt wächst wuchs wachsen
        verschwindet verschwand verschwanden trifft traf enttäuscht enttäuschte überzeugt überzeugen
        überzeugte begeistert nerven nervte funkt streikt streikte ruckelt ruckeln piept brummt
        summt zickt hakt steckt verspricht versprach entspricht lohnt lohnen ändert ändern wechselt
        wechseln wechselte sinken steigen stiegen sanken kämpft lacht lächelt lächelte grüßt grüsst
        ignoriert ignorierte ignorieren stört stören
        """),
    verb_ending=re.compile(
        r"\A(?!ge\w+et\Z)[a-zäöüß]{3,}(?:ierte?n?|elte?n?|erte|ckten?|ppten?|zten?|[bdfgmpt]ete?n?|lte|gten?)\Z"
    ),
    judging=words("""
        gut gute gutes guter guten toll tolle tolles toller super prima klasse spitze top nett nette
        nettes netter netten freundlich freundliche freundliches freundlicher lieb liebe hilfsbereit
        höflich kompetent kompetente kompetentes schön schöne schönes schöner sauber saubere
        sauberes sauberer schnell schnelle schneller schnelles einfach einfache pünktlich günstig
        günstige fair faire angenehm ruhig perfekt perfekte hervorragend hervorragende ausgezeichnet
        bestens großartig wunderbar herrlich leise schlecht schlechte schlechter schlechtes
        schlechten mies miese mieser mieses furchtbar schrecklich schlimm katastrophal katastrophe
        witz frechheit zumutung unverschämtheit unfreundlich unfreundliche unhöflich unfähig
        inkompetent dreckig dreckige schmutzig schmutzige eklig langsam langsame langsamer lang
        lange langes langer laut laute lauter teuer teure teures überteuert unbrauchbar nutzlos
        kaputt defekt defekte kompliziert umständlich unübersichtlich verwirrend unmöglich
        unverständlich falsch falsche unzuverlässig spät voll leer alt alte neu neue klein kleine
        winzig hübsch hell dunkel kalt heiß warm hoch hohe niedrig stabil lieblos mühsam ärgerlich
        nervig überfordert bemüht gelaunt engel ordnung albtraum saustall cool üppig üppige lecker
        leckere köstlich frisch frische modern moderne gemütlich bequem bequeme großzügig herzlich
        herzliche aufmerksam aufmerksame geduldig einfühlsam charmant zuvorkommend engagiert
        motiviert motivierte ordentlich ordentliche gründlich sorgfältig ehrlich seriös zuverlässig
        zuverlässige flott zügig rasch preiswert übersichtlich praktisch geräumig lehrreich
        hilfreich verständlich sicher stark starke schwach schwache fade zäh ranzig verrostet rostig
        schimmlig stickig muffig klebrig schäbig heruntergekommen veraltet altmodisch winzige riesig
        riesige enorm happig unverschämt unverschämte gesalzen arrogant patzig mürrisch genervt
        schlampig hilflos ahnungslos chaotisch fehlerhaft beschädigt lächerlich enttäuschend
        enttäuschende mittelmäßig lausig grauenhaft grausam hässlich hart weich dünn überlaufen
        überfüllt unterbesetzt unleserlich unbequem unsauber unpünktlich ungepflegt hölle qual chaos
        desaster traum schade günstiger günstiges geduldige kompetenter höfliche herzlicher leckeres
        frisches bequemes ungenießbar sättigend fettig versalzen verkocht verbrannt roh zart saftig
        trocken feucht nass kühl heisse heiße eiskalt lauwarm warmes helles helle dunkle düster
        trist grau eng weit breit schmal krumm rutschig wackelig wacklig löchrig undicht dicht
        marode verdreckt verstaubt vermüllt verstopft gesperrt geschlossen zu blitzblank blitzsauber
        makellos tadellos einwandfrei vorbildlich beeindruckend überragend grandios sensationell
        fantastisch phantastisch traumhaft wunderschön zauberhaft entspannt stressig hektisch
        chaotische nervtötend ätzend peinlich dreist frech ruppig schroff kurz angebunden
        desinteressiert gleichgültig hochnäsig überheblich herablassend verständnisvoll fürsorglich
        liebevoll kundenfreundlich fachkundig routiniert erfahren unerfahren verlässlich instabil
        träge ruckelig fehleranfällig unbezahlbar bezahlbar angemessen unangemessen überzogen wucher
        abzocke schnäppchen geschenk lächerliche mangelhaft ungenügend unterirdisch grottig
        beschissen scheiße bescheiden mittelmässig durchwachsen okay lieblose lückenhaft langweilig
        spannend besetzt unbesetzt spärlich karg reichlich knapp dürftig goldig
        """),
    small=words("""
        zurück zusammen allein daran darauf davon dazu dabei danach davor wieder weiter los weg fort
        schief drin drauf rein raus und aber oder denn doch sondern so da dann damit deshalb darum
        an auf aus bei durch für gegen hinter in ins mit nach neben ohne über um unter von vor wegen
        zu zwischen seit trotz am im zum zur beim vom ab her hin hier dort nicht nie niemals kein
        nur noch schon sehr ganz gar immer immerhin ja nein jetzt heute gestern morgen bald später
        früher eben erst endlich leider mal viel viele mehr wenig weniger auch außerdem ausserdem
        zudem allerdings jedoch dafür dagegen hingegen trotzdem sogar sofort überhaupt ziemlich echt
        wirklich fast etwa genau oft selbst sonst wohl zwar gern gerne alles etwas nichts mich dich
        sich uns euch mir dir ihm ihnen ihn was warum tag tage tagen woche wochen monat monate
        monaten jahr jahre jahren stunde stunden minute minuten uhr zeit montag dienstag mittwoch
        donnerstag freitag samstag sonntag abend vormittag nachmittag nacht mittag januar februar
        märz april mai juni juli august september oktober november dezember ende bitte danke mega
        eifach z viu drei zwei einmal zweimal nächste nächsten letzte letzten selben völlig total
        absolut furchtbar blau rot grün schwarz weiß gelb
        """),
    explaining=words("""
        weil da denn dass daß obwohl wenn als damit ob wie sodass falls nachdem bevor wo was welche
        welcher welches deshalb darum sondern trotzdem trotz bis sobald solange ehe indem seitdem
        während wos auch
        """),
    contrast=phrases("aber"),
    aside=phrases(
        "jedoch allerdings dafür hingegen dagegen nur leider doch außerdem ausserdem zudem obendrein"
    ),
    beside=phrases("während wohingegen"),
    topic=re.compile(
        r"(?:was (?:den|die|das|unser\w{0,2}|eue?re?\w?|ihre?\w?)"
        r"(?= [^,.;]{1,60}\b(?:angeht|anbelangt|betrifft))"
        r"|in sachen|apropos|zum thema)(?!\w)",
        re.IGNORECASE,
    ),
    conceding=phrases("obwohl obgleich obschon wenngleich während"),
    dismissing=dismissals(
        "vergessen vergiss lieber_nicht geschenkt", "na_ja naja ehrlich also nun tja kann_man können_Sie"
    ),
    adjective=re.compile(
        r"[a-zäöüß]{3,30}(?:bar|los|haft)(?:e[rsnm]?)?\Z|un(?!ter)[a-zäöüß]{3,30}(?:lich|ig|t)(?:e[rsnm]?)?\Z"
    ),
    attribute=re.compile(r"[A-ZÄÖÜ][a-zäöüß]{2,30}e[rsnm]?\Z"),
    adding=phrases("und sowie"),
    referring=words("er sie"),
    definite=words("""
        der die das mein meine unser unsere euer eure ihr ihre sein seine dieser diese dieses
        """),
    saying=words("finde findet fand meinte meint sagte sagt denke dachte glaube hoffe heißt heisst hieß"),
    denying=words("""
        nicht nichts kein keine keinen keiner nie niemand alles
        """),
    barely=words("kaum wenig wenige zu"),
    follows=_agrees_in_german,
    relative=words("der die das den dem denen deren dessen"),
    nouns_are_capital=True,
)
