/** Words too common to tell passages apart: the lists of the Snowball project (snowballstem.org), in lower case. */
const english = `i me my myself we our ours ourselves you your yours yourself yourselves he him his himself she her hers
  herself it its itself they them their theirs themselves what which who whom this that these those am is are was were be
  been being have has had having do does did doing a an the and but if or because as until while of at by for with about
  against between into through during before after above below to from up down in out on off over under again further
  then once here there when where why how all any both each few more most other some such no nor not only own same so
  than too very s t can will just don should now d ll m o re ve y`;
const french = `au aux avec ce ces dans de des du elle en et eux il ils je la le les leur lui ma mais me même mes moi mon ne
  nos notre nous on ou par pas pour qu que qui sa se ses son sur ta te tes toi ton tu un une vos votre vous c d j l à m n s
  t y été étée étées étés étant étante étants étantes suis es est sommes êtes sont serai seras sera serons serez seront
  serais serait serions seriez seraient étais était étions étiez étaient fus fut fûmes fûtes furent sois soit soyons soyez
  soient fusse fusses fût fussions fussiez fussent ayant eu eue eues eus ai as avons avez ont aurai auras aura aurons
  aurez auront aurais aurait aurions auriez auraient avais avait avions aviez avaient eut eûmes eûtes eurent aie aies ait
  ayons ayez aient eusse eusses eût eussions eussiez eussent ceci cela cet cette ici là quel quelle quelles quels sans si
  comme plus dont où comment pourquoi quand entre vers chez`;
const setOf = (list: string) => new Set(list.split(/\s+/));

/** Stop words by language. French ones are also known without their accents. */
export const stopWords = {
  english: setOf(english),
  french: new Set([...setOf(french), ...setOf(french.normalize("NFD").replace(/\p{M}/gu, ""))]),
  other: new Set<string>(),
} as const;

/**
 * Words that only ask, define or compare: they say what kind of answer is wanted, and a passage answers no better for
 * holding them.
 */
export const askingWords = {
  english: setOf("mean means meant meaning explain explained define defined definition describe tell give please exactly actually"),
  french: setOf("signifie signifier définir définition expliquer expliquez explique dire dites donner exactement combien quoi"),
  other: new Set<string>(),
} as const;

/**
 * Words of everyday questions that are rare in professional texts. Rarity would make them look telling, so they count for
 * less than other words of a question.
 */
export const everydayWords = {
  english: setOf(`able allow allowed almost already also although always among another any anybody anyone anything apart
    around ask asked away back bad become becomes begin best better big bit bring brought call called came cannot case come
    comes consider could day different does done easy either else enough even ever every everybody everyone everything
    example exist exists expect fall far feel few find first follow for found full gave get gets getting gives go goes
    going gone good got great happen happened happens hard help helps high how however idea important instead interested
    just keep keeps kept kind know known large last learn least leave let like likely little long look looked looking looks
    lot lots made main make makes making many matter may maybe mind much must name near need needed needs never new next
    nobody none nothing number numbers often ok old one ones onto open others ought part particular past people per perhaps
    person place please point possible pretty probably put puts question questions quite rather read reading real really
    reason reasons right said saw say says second see seem seems seen set several shall short should show showing shown
    shows similar simple simply since small smaller somebody someone something sometimes soon sort sorts stand start started
    still stop straight such suppose sure take taken takes talk tell tells the thing things think though thought three through
    till time times today together told too took toward towards tried try turn turned turns two type types understand
    unless upon us use used uses using usually want wanted wants way ways well went were whatever whether whole whose why
    wish within without wonder word words work working works world would write wrong yes yet you`),
  french: setOf(`aller alors après assez aucun aussi autant autre autres avant bien bon bonne cas celle celui ceux chacun
    chaque chose choses connaître croire deux devoir dernier doit doivent donc dit elles encore enfin ensuite existe façon
    faire fait faites falloir faut fois font fonctionne grand grande genre gens jamais juste lequel laquelle lieu loin
    longtemps lorsque maintenant manière met mettre mieux moins mot mots nombre nouveau nouvelle parce parfois parler
    partie passe peu peut peuvent plupart plusieurs pouvoir possible premier première prendre près puis puisque
    quelqu quelque quelques question questions quelles raison rien savoir sait selon sert servir seul seulement sorte
    sous souvent sûr surtout tant tel telle tellement temps toujours tous tout toute toutes travers très trois trop trouve
    trouver type utiliser utilise va veut vient voir voit vraiment vouloir`),
  other: new Set<string>(),
} as const;
