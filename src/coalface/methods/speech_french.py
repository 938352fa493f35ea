"""The small words of French, and how its verbs are told from its nouns.

>>> FRENCH.contrast.match("mais it") is None
False
"""

import re

from .speech_kinds import Speech, dismissals, phrases, words


def _agrees_in_french(noun: str, word: str) -> bool:
    """ "Les douches gouttent"; in the singular a verb looks like an adjective."""
    return noun.endswith(("s", "x")) and word.endswith("ent") and not word.endswith("ment")


FRENCH = Speech(
    speakers=words("je j' tu il elle on nous vous ils elles c' ça cela ce personne quelqu'un rien tout j"),
    openers=words("""
        le la l' les un une des du au aux mon ma mes ton ta tes son sa ses notre nos votre vos leur
        leurs ce cet cette ces aucun aucune chaque personne quelques certains plusieurs seul seule
        """),
    verbs=words("""
        est es suis sommes êtes sont était étais étaient étions fut sera serait soit ai as a avons
        avez ont avait avais avaient aura aurait va vais vas vont allait fait fais font faisait peut
        peux pouvez peuvent pouvait pourrait pourriez doit dois devez doivent devrait faut fallait
        veut veux veulent voulait voudrais voudrait sait sais savent savait dit disent disait prend
        prennent prenait met mettent vient viennent venait revient tient tiennent devient part
        partent sort sortent sent sentent répond répondent répondait rend rendent attend attends
        attendons attendent perd perdent plante plantent marche marchent fonctionne fonctionnent
        coûte coûtent manque manquent arrive arrivent passe passent reste restent semble semblent
        ferme ferment ouvre ouvrent change changent augmente augmentent baisse dure durent bloque
        refuse refusent accepte acceptent demande demandent trouve trouvent donne donnent aide
        aident parle parlent appelle appellent paie paient paye payent rame hurle hurlent laisse
        laissent convient conviennent connaît connaissent voit voient croit comprend comprends
        comprennent sert servent pleut dort vaut valent existe existent déborde débordent coupe
        coupent grimpe colle pue espère souhaite préfère aime aiment déteste plaît refusait
        acceptait s'est n'est n'a n'ont fuit fuient grince grincent goutte gouttent clignote sautent
        saute ronfle remarche remarchent redémarre rouille sentait déçoit déçoivent ignore ignorent
        explique expliquent écoute écoutent écoutait sourit sourient monte montent grimpent chute
        chutent diminue diminuent empire empirent traîne traînent tarde tardent promet promettent
        réagit réagissent oublie oublient soigne soignent roule roulent tombe tombent casse cassent
        dérape brille brillent craque craquent accueille accueillent suit suivent mérite méritent
        rassure rassurent énerve énervent agace agacent lasse tourne tournent sonne sonnent buggue
        bugue bugge bloquent traite traitent livre livrent travaille travaillent
        """),
    verb_ending=re.compile(
        r"\A(?!forfait|souhait|portrait|extrait|retrait|bienfait|opéra|caméra)[a-zà-ÿ]{2,}(?:aient|ait|èrent|era|eront|erait|eraient)\Z"
    ),
    judging=words("""
        bon bonne bons bonnes parfait parfaite parfaits parfaites excellent excellente super génial
        géniale formidable formidables charmant charmante charmants adorable adorables gentil
        gentille gentils gentilles aimable aimables sympa sympas agréable agréables souriant
        souriante rapide rapides propre propres beau belle beaux belles clair claire claires
        efficace efficaces compétent compétente correct corrects correcte honnête impeccable simple
        pratique facile calme joli jolie nickel top nul nulle nuls nulles mauvais mauvaise mauvaises
        horrible horribles affreux affreuse catastrophique catastrophiques catastrophe désagréable
        désagréables impoli odieux arrogant arrogante incompétent sale sales crasseux dégoûtant lent
        lente lents lentes long longue longs longues cher chère chers chères élevé élevés élevée
        bruyant bruyante bruyants inutile inutiles indécent indécents indécente scandaleux
        scandaleuse injoignable introuvable impossible interminable interminables incompréhensible
        incompréhensibles compliqué compliquée cassé cassée cassés défectueux fausse faux fausses
        vieux vieille vétuste petit petite petits minuscule occupé cauchemar honte blague fort forte
        froid froide stable médiocre lamentable minable décevant décevante glacial géniaux pénible
        affreuses génialissime copieux copieuse délicieux délicieuse fraîche moderne modernes
        confortable confortables spacieux spacieuse généreux chaleureux chaleureuse attentif
        attentive attentifs patient patiente doux douce soigné soignée soigneux honnêtes sérieux
        sérieuse fiable fiables ponctuel ponctuelle pratiques utile utiles instructif instructive
        motivant motivants serviable serviables professionnel professionnelle professionnels
        courtois courtoise poli polie grand grande fade fades dur dure mou rouillé rouillés rouillée
        moisi collant poisseux crade miteux vétustes exigu étroit étroite étouffant énorme énormes
        exorbitant exorbitants abusif abusifs excessif excessifs salé flou floue confus confuse
        grincheux hautain négligé bâclé chaotique ridicule ridicules insultant décevants moche
        moches faible faibles bondé bondée saturé débordé illisible illisibles inconfortable
        aberrant inadmissible inacceptable désastre désastreux enfer galère charmantes souriants
        souriantes cordial cordiale excellents excellentes merveilleux magnifique superbe superbes
        dommage fermé fermée fermés fermées vide vides plein pleine trempé froids froides chaud
        chaude chauds chaudes tiède tièdes brûlant sec sèche secs gras grasse gratuit gratuite
        gratuits cassées sombre sombres lumineux bienveillant bienveillante bienveillants
        bienveillantes infect infecte infects mangeable ponctuels ponctuelles inefficace inefficaces
        incompétents incompétente hautaine agressif agressive agressifs froissé usé usée usés usées
        sali tachés bouché bouchée cohue pagaille arnaque vol ruine bonheur régal délice ange anges
        perle perles merveille plaisir plaisirs piètre piètres maigre maigres capricieux capricieuse
        défaillant défaillante vétusté dangereux dangereuse glissant mal débordée débordés absent
        absente absents désuet désuète ancien ancienne neuf neuve neufs neuves récent récente
        aux-petits-soins réactif réactive réactifs disponible disponibles indisponible antipathique
        antipathiques malpoli malpolie malpolis désordonné inexistant inexistante inexistants
        merdique pourri pourrie pourris raté ratée
        """),
    small=words("""
        et mais ou donc or ni si à au aux de d' du des en dans sur sous par pour avec sans chez vers
        entre depuis pendant avant après contre jusque ne n' plus moins très trop assez aussi bien
        mal peu beaucoup encore toujours jamais déjà enfin ici là y se s' me m' te t' lui leur eux
        soi même mêmes tous toutes tout toute tant tellement vraiment malheureusement hélas
        cependant toutefois pourtant ensuite puis jour jours semaine semaines mois an ans année
        années heure heures minute minutes matin soir midi nuit fois lundi mardi mercredi jeudi
        vendredi samedi dimanche hier aujourd'hui demain maintenant autre autres chose trois deux
        vite presque surtout plutôt dernier dernière prochain prochaine non oui bravo cela ça celui
        celle ceux rien quelque moi toi nous vous arrêt peine fin janvier février mars avril mai
        juin juillet août septembre octobre novembre décembre bleu bleue rouge vert verte noir noire
        blanc blanche pas seulement
        """),
    explaining=words("""
        parce car que qu' qui dont où quand lorsque lorsqu' puisque puisqu' si comme donc afin
        quoique malgré depuis pendant pour après avant sans dès alors jusqu' aussi
        """),
    contrast=phrases("mais par_contre en_revanche cependant toutefois"),
    aside=phrases("pourtant seulement malheureusement hélas seul seule d'un_autre_côté sauf_que"),
    beside=phrases("alors_que tandis_que"),
    topic=phrases("quant_à quant_au quant_aux en_ce_qui_concerne côté pour_ce_qui_est_de"),
    conceding=phrases("bien_que quoique même_si alors_que tandis_que"),
    dismissing=dismissals(
        "à_oublier à_éviter à_fuir à_revoir passons oubliez évitez", "bon bref franchement ben disons"
    ),
    adjective=re.compile(r"[a-zà-ÿ]{3,30}(?:[^t]able|ible|eux)s?\Z"),
    participle=re.compile(r"[a-zà-ÿ]{2,30}ée?s?\Z"),
    inverted=re.compile(r"(?!rendez-vous)[\w'-]{1,30}-(?:je|tu|il|elle|on|nous|vous|ils|elles)\Z"),
    adding=phrases("et en_plus de_plus par_ailleurs"),
    referring=words("il elle c' ce cela ça"),
    definite=words("le la l' les mon ma mes son sa ses notre nos votre vos leur leurs ce cet cette ces"),
    saying=words("dit disait pense pensais trouve crois espère"),
    clitics=words("ne n' se s' me m' te t' y"),
    objects=words(
        "le la les l' un une mon ma mes son sa ses notre nos votre vos leur leurs ce cet cette ces"
    ),
    denying=words("""
        pas non rien aucun aucune ne n' ni jamais tout
        """),
    barely=words("peu trop guère"),
    follows=_agrees_in_french,
    follows_surely=True,
)
