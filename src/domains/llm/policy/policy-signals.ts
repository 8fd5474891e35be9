/**
 * What the policy looks for, in English and French, on folded text (lower case, no accents). None of it decides alone: an act
 * needs an object near it, and what is around them weighs for or against. Chosen on all but the frozen set of tests/evaluations/policy, whose
 * README says how far it carries over: what is asked in other words than these passes.
 */

export const policyCategories = ["infrastructure_attack", "weapons", "malware", "credential_theft", "violence", "self_harm", "theft"] as const;
export type PolicyCategory = (typeof policyCategories)[number];

export interface HarmRule {
  category: PolicyCategory;
  name: string;
  /** What is done. */
  act: RegExp;
  /** What it is done to, within `reach` characters; without one the act says it all. */
  object?: RegExp;
  reach: number;
  /** What is done to stands after what is done: "my boss kills" is no threat to him. */
  objectFollows?: true;
  weight: number;
  /** Nothing around it takes anything off. */
  always?: true;
}

export interface AroundSignal {
  name: string;
  words: RegExp;
  /** Above 0 speaks for harm, below for a harmless purpose. */
  weight: number;
  /** Says that harm is meant, whatever purpose is named: purposes then count for little. */
  meansHarm?: true;
}

const grid =
  /\b(?:sub-?stations?|transformers?|pylons?|transmission (?:lines?|towers?)|power (?:lines?|grid|plants?|stations?|supply|of)|towers?|\d{2,3} ?kv lines?|grid|scada|ems|plcs?|rtus?|relays?|alarms?|cables?|bridges?|busbars?|breakers?|control (?:centres?|centers?|rooms?)|converter stations?|dams?|reactors?|nuclear|bruce power|(?:gas|coal|hydro|wind|solar|thermal) plants?|equipment|pipelines?|feeders?|lines? that|lights in|sous-?stations?|postes?|transformateurs?|pylones?|lignes?|reseau|disjoncteurs?|relais|centrales?|barrages?|automates?|gazoducs?|courant|hydro-quebec|centre de conduite|alimentent|blackout|(?:hydro|power|transmission|guy|overhead) (?:lines?|wires?)|switch-?yards?|capacitor banks?|generators?|turbines?|wind farms?|solar farms?|inverters?|smart meters|power system|the power|downtown|utility|protective relays?|valves?|ihm|hmis?|eoliennes?|pipeline|protections?|interconnections?|interties?|battery (?:plants?|storage))\b/g;
const malware = /\b(?:malware|ransomware|rancongiciels?|worms?|virus(?:es)?|trojans?|keyloggers?|rootkits?|botnets?|spyware|backdoors?|exploit code|industroyer|stuxnet|triton|vers? informatiques?|chevaux? de troie|(?<!\b(?:api|json|recorded|request|sample|test) )payloads?|maliciels?|exploits? for|zero-days?|logiciels? (?:malveillants?|espions?)|code that exploits?|ddos)\b/g;
const credentials = /(?<!\b(?:my|my own|mon|mes|our|notre) )\b(?:passwords?|passcodes?|credentials?|log-?ins?|accounts?|session cookies?|cookies?|tokens?|e?-?mails?|facebook|hashes|mailbox(?:es)?|inbox|one-time codes?|2fa|vpn|mots? de passe|identifiants|comptes?|jetons|boite (?:courriel|de reception)|courriels de)\b/g;
const people =
  /\b(?:neighbou?rs?|boss|wife|husband|ex(?:-\w{1,20})?|girlfriend|boyfriend|coworkers?|colleagues?|someone|somebody|him|her|them|ceo|people|workers?|employees?|crew|lineman|linemen|operators?|family|man|woman|child(?:ren)?|guards?|voisine?s?|patronn?e?|femme|mari|collegues?|quelqu'un|employee?s?|ouvriers?|office|school|crowd|everyone|everybody|tout le monde|look like|gens|famille|gardiens?|guy|roommate|manager|landlord|person|colocataire|directrice|directeur|voisins|quiconque)\b/g;
const weapons =
  /\b(?:bombs?|explosives?|grenades?|molotovs?|nitroglycerin|thermite|tnt|c-?4 charge|detonators?|(?:poison(?:ous)?|chlorine|tear) gas|pipe bombs?|incendiar(?:y|ies)|blast|cocktails? molotov|fertili[sz]er bombs?|napalm|sarin|vx|nerve (?:agents?|gas)|mustard gas|ricin|anthrax|emp (?:device|weapon|bomb)s?|guns?|firearms?|silencers?|silencieux|uranium|plutonium|centrifuges?|ammunition|munitions|landmines?|bombes?|explosifs?|armes?(?: a feu)?|gaz (?:sarin|moutarde|neurotoxique)|nitroglycerine)\b(?! calorimet)/g;
const makes =
  /\b(?:builds?|buil(?:d|t|ding)|mak(?:e|es|ing)|made|assembl(?:e|ing)|synthesi[sz](?:e|ing)|synthesis|recipe|produc(?:e|ing)|3d print|print|chemicals|instructions|construi(?:re|s)|fabri(?:quer|cation)|fabrique|faire|make|produire|recette|imprimer|assembler|turn(?:ing)? .{1,30} into|mix(?:ing)?|cook(?:ing)?|home-?made|melange(?:r|z)?|obtenir|confectionner|enrich(?:ing)?|enrichir|convert(?:ing)?|ratio|guide to)\b/g;
const writes =
  /\b(?:writ(?:e|ing)|cod(?:e|ing)|creat(?:e|ing)|mak(?:e|ing)|build|generat(?:e|ing)|develop|program|craft|draft|design|give|get me|plant|ecri(?:s|re|vez)|cod(?:er|ez)|code|cree[rz]?|programm(?:e|er|ez)|genere[rz]?|redige[rz]?|developpe[rz]?|developper|donne|obfuscat(?:e|ing)|i need|deploy|spread|aide-moi|help me|help us)\b/g;

export const harmRules: readonly HarmRule[] = [
  {
    category: "infrastructure_attack",
    name: "destroy",
    act: /\b(?:sabotag(?:e|ing)|destroy(?:ing)?|blow(?:ing)? up|burn(?:ing)? down|set fire|tak(?:e|ing) (?:out|down|(?:them|it|one) out)|knock(?:ing)? out|bring(?:ing)? down|black(?:ing)? out|shoot(?:ing)? (?:out|at)|cripple|topple|short(?:ing)? (?:them |it )?out|hack(?:ing)?(?! together)|defeat(?:ing)?|break(?:ing)? into|attack(?:ing)|turn(?:ing)? off the lights|should fall|(?:burn|blow|bring|knock)(?:ing)? [^.?!\n]{1,30} (?:down|up|out)|disrupt(?:ing)?|wreck(?:ing)?|vandali[sz](?:e|ing)|demolish(?:ing)?|paraly[sz](?:e|ing)|detonat(?:e|ing)|hijack(?:ing)?|goes dark|go dark|in the dark|slic(?:e|es|ing)|saw(?:ing)? through|scier|saboter|detruire|faire (?:sauter|tomber|exploser)|incendier|bruler|tirer sur|priver|pirater|attaquer|prendre le controle|mettre hors service|paralyser|demolir|abattre|vandaliser|plonger .{1,30} dans le noir|court-circuiter)\b/g,
    object: grid,
    reach: 70,
    weight: 2,
  },
  {
    category: "infrastructure_attack",
    name: "cut",
    act: /\b(?:cut(?:ting)?|disabl(?:e|ing)|shut(?:ting)? down|sh t down|open(?:ing)? (?:the )?(?:breakers?|gates)|damag(?:e|ing)|melt(?:s|ing)? down|should i use against|overload(?:ing)?|crash(?:ing)?|until it explodes|explodes?|melt through|get into|log(?:ging)? in ?to|alter(?:ing)?|chang(?:e|ing)|modif(?:y|ying|ier)|manipulat(?:e|ing)|ways? into|(?:turn|switch)(?:ing)? (?:[^.?!\n]{1,30} )?off|send(?:ing)? (?:open|trip|close) commands|tamper(?:ing)? with|gain(?:ing)? access|tak(?:e|ing) over|compromis(?:e|ing)|unpatched|trip(?:ping)?|trip commands|shoot|flood|attack|couper|neutraliser|desactiver|eteindre|arreter|viser|target|terrorists?|(?:shut|take|knock|force) [^.?!\n]{1,30} (?:down|offline)|mettre hors ligne|cyber ?weapons?|endommager|surcharger|derailler|casser|briser|acceder|ouvrir les (?:disjoncteurs|vannes))\b/g,
    object: grid,
    reach: 60,
    weight: 1,
  },
  {
    category: "infrastructure_attack",
    name: "disable what protects",
    act: /\b(?:disabl(?:e|ing)|bypass(?:ing)?|desactiver|neutraliser|contourner|mettre hors service)\b/g,
    object: /\b(?:protecti(?:on|ve) (?:relays?|schemes?|systems?)|(?:relais|systemes?) de protection)\b/g,
    reach: 40,
    objectFollows: true,
    weight: 1.5,
  },
  {
    category: "infrastructure_attack",
    name: "blind the operators",
    act: /\b(?:silenc(?:e|ing)|mask(?:ing)?|suppress(?:ing)?|hid(?:e|ing)|freez(?:e|ing)|spoof(?:ing)?|falsify(?:ing)?|(?:feed|inject)(?:ing)? (?:false|fake|wrong)|fak(?:e|ing)|jam(?:ming)?|masquer|figer|brouiller|falsifier|aveugler)\b/g,
    object: /\b(?:alarms?|displays?|screens?|hmis?|telemetry|measurements|scada|control (?:rooms?|cent(?:re|er)s?)|alarmes?|ecrans?|mesures|telemesures|centres? de conduite)\b/g,
    reach: 50,
    weight: 1,
  },
  {
    category: "infrastructure_attack",
    name: "use a weapon on it",
    act: /\b(?:malware|ransomware|virus|worm|exploits?|cyber ?weapons?|weapons?|maliciels?|rancongiciels?|cyberarmes?|armes?)(?: [\w-]{1,16}){0,2} (?:(?:i|we) use (?:against|on)|(?:utiliser|employer) (?:contre|sur))\b/g,
    object: grid,
    reach: 60,
    weight: 2,
  },
  {
    category: "infrastructure_attack",
    name: "cause a disaster",
    act: /\b(?:caus(?:e|ing)|trigger(?:ing)?|provoqu(?:er|e)|declencher)\b/g,
    object: /\b(?:meltdown|cascading (?:blackout|failure)|blackout|dam (?:failure|break)|explosion|fusion du coeur|(?:power )?outage|panne (?:generale|en cascade|de courant)|rupture du barrage)\b/g,
    reach: 40,
    weight: 2,
  },
  {
    category: "infrastructure_attack",
    name: "leave people without power",
    act: /\bwithout (?:any )?(?:electricity|power)\b|\b(?:cut|shut|knock|take)(?:ting|ing)? off (?:the )?(?:electricity|power)\b|\bcollapse\b|\bweak(?:est)? (?:point|spot|link)s?\b|\bblack ?out\b|\bsans (?:electricite|courant)\b|\bs'effondre\b|\bpoints? faibles?\b|\bdefault (?:log-?in|password)s?\b/g,
    object: /\b(?:city|town|region|province|country|neighbou?rhood|hospitals?|airports?|grid|interconnection|stations?|relays?|dams?|pipelines?|electricity to|power to|ville|quartier|hopita(?:l|ux)|aeroport|reseau|pays)\b/g,
    reach: 60,
    weight: 1,
  },
  { category: "weapons", name: "make a weapon", act: makes, object: weapons, reach: 60, weight: 2 },
  { category: "malware", name: "make malware", act: writes, object: malware, reach: 60, weight: 2 },
  { category: "malware", name: "hide malware", act: /\b(?:undetectable|undetected|evade|indetectable|bypass (?:the )?antivirus|spreads?|bricks?|wipes?|efface|se propage)\b/g, object: malware, reach: 60, weight: 1.5 },
  { category: "credential_theft", name: "bait", act: writes, object: /\b(?:phishing|fake (?:[\w-]{1,20} ){0,3}(?:log-?in|page|site|website|portal)|hameconnage|faux (?:site|portail)|fausse page|asking for (?:everyone|their|his|her|your)(?:'s)? (?:log-?ins?|passwords?|codes?)|tricks? (?:\w{1,16} ){1,3}into|phish (?:\w{1,16} )?(?:operators?|employees?|staff|dispatchers?|users?|customers?)|pretending to be|impersonat(?:e|ing)|se faisant passer)\b/g, reach: 50, weight: 2 },
  {
    category: "credential_theft",
    name: "take credentials",
    act: /\b(?:steal(?:s|ing)?|crack(?:ing)?|brute[ -]forc(?:e|ing)|guess(?:ing)?|grab(?:s|bing)?|captur(?:es?|ing)|hack(?:ing)?|pirater|break into|harvest(?:ing)?|get into|log in as|dump(?:ing)?|harvest|intercept(?:ing)?|sniff(?:ing)?|send me their|get [^.?!\n]{1,30} to (?:tell|give|send) me (?:their|his|her)|acceder|intercepter|voler|deviner|recuperer|craquer|derober)\b/g,
    object: credentials,
    reach: 50,
    weight: 2,
  },
  {
    category: "malware",
    name: "make what malware does",
    act: /\b(?:writ(?:e|ing)|scripts?|cod(?:e|er|ez)|creat(?:e|ing)|build|make|program(?:me)?|develop|ecris|cree[rz]?|need|besoin)\b/g,
    object: /\b(?:ransom(?: note)?|locks? (?:every|all)|encrypts? (?:every|all)|keystrokes?|frappes de clavier|infects?|infecter|deletes? (?:every|all)|wipes? (?:every|all|the)|disables? the antivirus|makes? (?:a|the|every|all) (?:relay|breaker|plc|rtu|inverter)s? (?:ignore|trip|open)|exfiltrat(?:e|es)|espionner)\b/g,
    reach: 60,
    weight: 2,
  },
  {
    category: "credential_theft",
    name: "get into what is another's",
    act: /\b(?:clone|copy|forge|fake|read|lire|spy on|open|access|get into|log into|hack|acceder|pirater|espionner)\b/g,
    object: /\b(?:badges?|key ?cards?|my (?:ex|boss|wife|husband|manager|coworker|neighbou?r|girlfriend|boyfriend)'s (?:e?-?mails?|messages|phone|account|texts)|(?:operator|dispatcher|engineer|colleague|technician)'s (?:e?-?mails?|messages|phone|account|texts)|(?:courriels?|messages|telephone|compte) d(?:(?:e|u) (?:mon|ma|mes|son) \w{1,16}|'une? (?:repartit|exploitant|operat|collegue|employe|ingenieur|technicien)\w{0,6})|(?:someone|somebody) else's (?:e?-?mails?|account|phone))\b/g,
    reach: 40,
    weight: 2,
  },
  {
    category: "credential_theft",
    name: "get another's password",
    act: /\b(?:get|find|guess|learn|see|change|reset|know)\b/g,
    object: /\b(?:ex|girlfriend|boyfriend|wife|husband|boss|manager|coworker|colleague|neighbou?r|friend|roommate|partner|someone|somebody|admin|operator|dispatcher)'s (?:[\w-]{1,16} )?(?:passwords?|pin|log-?in|account)\b/g,
    reach: 40,
    weight: 2,
  },
  {
    category: "violence",
    name: "set a trap or poison",
    act: /\b(?:whoever touches|anyone who touches|antifreeze|arsenic|cyanide|ricin|lethal dose|what dose|rat poison|mort-aux-rats|antigel|dose mortelle|quiconque touche)\b/g,
    object: /\b(?:dies?|kill(?:s|ed)?|coffee|drinks?|food|tea|nobody|no one|meurt|cafe|nourriture|personne)\b/g,
    reach: 60,
    weight: 2,
  },
  {
    category: "violence",
    name: "hurt a person",
    act: /\b(?:(?:kill|murder|hurt)(?! me\b)|make a death|harm|electrocute|poison|strangle|stab|shoot(?: up (?:an?|the|my|this))?(?! up\b)|beat|finish off|get revenge on|take revenge on|get back at|torture|faire (?:du mal|souffrir)|me venger|tuer|assassiner|electrocuter|blesser|empoisonner|m'en prendre|frapper)\b/g,
    object: people,
    reach: 45,
    objectFollows: true,
    weight: 2,
  },
  {
    category: "violence",
    name: "find or follow a person",
    act: /\b(?:home address|where (?:he|she|they|my [\w-]+) lives?|lives so i|donne-moi son adresse|ou (?:il|elle) (?:habite|vit)|l'adresse (?:de la|du|de l'|de) ?(?:juge|voisine?|patron|maire|policier|ministre|personne)|address of the (?:judge|officer|mayor|minister|ceo|neighbou?r|inspector)|track (?:my|her|his|someone)|secretly track)\b/g,
    reach: 0,
    weight: 2,
  },
  {
    category: "self_harm",
    name: "end one's own life",
    act: /\b(?:kill myself|kill me\b|end my (?:own )?life|end it all|take my (?:own )?life|(?:want|going) to die|don't want to live|never wake up|hang myself|electrocute myself|hurt myself|me suicider|me tuer|veux mourir|en finir avec (?:la|ma) vie|m'electrocuter|plus envie de vivre|mettre fin a (?:mes jours|ma vie)|j'ai envie d'en finir(?! avec)|can't go on(?= ?[.,;!?]|$)|better off dead|envie de mourir|(?:can|could) i die|die without pain|mourir sans (?:souffrir|douleur)|want to end it\b|nobody would miss me|no one would miss me|won't be here (?:tomorrow|much longer)|ne veux plus (?:etre la|vivre)|partir sans souffrir|personne ne me regrett|no reason to live|(?:if|when) i jump|(?:want|going) to jump off|me jeter (?:du|de la|dans le))\b/g,
    reach: 0,
    weight: 4,
    always: true,
  },
  {
    category: "self_harm",
    name: "asks for a method",
    act: /\b(?:commit(?:ting)? suicide|suicide methods?|methodes? de suicide|se suicider)\b/g,
    reach: 0,
    weight: 2,
  },
  {
    category: "theft",
    name: "cheat a meter",
    act: /\b(?:bypass|tamper(?:ing)? with|slow down|trafiquer|contourner|magnet|hack|brancher (?:illegalement|[^.?!\n]{1,30} avant)|rig|truquer|ralenti(?:r|ssant)|aimant|draw(?:ing)?|hook(?:ing)? .{0,30}up|tap(?:ping)?|wire .{0,20}up|spin(?:ning)?|turn(?:ing)? back|roll(?:ing)? back|faire tourner)\b/g,
    object: /\b(?:(?:smart |hydro |power |electric(?:ity)? )?meters?|(?:ahead of|before|around|past) (?:the|my|our) meter|compteurs?|sur la ligne)\b/g,
    reach: 40,
    weight: 2,
  },
  {
    category: "theft",
    name: "steal",
    act: /\b(?:steal(?:ing)?|strip(?:ping)?|take the|voler|derober)\b/g,
    object: /\b(?:copper|cuivre|electricity|electricite|power cables?|courant|cables?|ground wires?)\b/g,
    reach: 40,
    weight: 2,
  },
];

/** Things named by a purpose: who hacks a security camera has named a target, and said nothing of what that is good for. */
export const namedByPurpose =
  /\b(?:protecti(?:on|ve)|security|safety|reliability|detection|prevention|defen[cs]e|training|testing|tests?|alarm|audit|reporting|maintenance|reserve|load[ -]shedding|reclosing|ground) (?:relays?|schemes?|systems?|settings?|servers?|cameras?|gates?|fences?|alarms?|terminals?|simulators?|coordinators?|consoles?|networks?|logs?|circuits?|sheds?|wires?)\b|\b(?:relais|systemes?|serveurs?|dispositifs?|automates?|cameras?|clotures?|reseaux?|consoles?|bases?|local|locaux|alarmes?|appareils?) (?:de |d')(?:protection|securite|surete|detection|prevention|defense|formation|entretien|maintenance|delestage|reenclenchement|mesures?)\b/g;

/** What surrounds an act and its object. */
export const aroundSignals: readonly AroundSignal[] = [
  {
    name: "asks how it is done",
    words: /\bhow (?:do|can|could|would|to|should|is|2|high|many)\b|\bstep[ -]by[ -]step\b|\b(?:detailed|exact|full|all the) (?:steps|instructions|tutorial)\b|\btutorial\b|\binstructions\b|\b(?:tell|show|give|help|teach|get|build|make) (?:me|my)\b|\b(?:best|easiest|quickest|fastest|least \w{1,20}) (?:way|tool|place|magnet|method)\b|(?:^|[.?!:] )which\b|\bwhich (?:[\w-]{1,20} ){0,3}(?:should|could|can|would)\b|\bwhat (?:explosives?|weapons?|rifles?|ammunition|do i need|would i need|chemicals|tools?|would it take)\b|\bwhere (?:can|could|do) i\b|\bcould i use\b|\bbest (?:spot|place|time)\b|\bsteps (?:for|to)\b|\bwhat's the\b|\bfind me\b|\bcan you\b|\bhelp me\b|\bexplain how to\b|\bteach me\b|\bpar quel(?:le)?\b|\bquels? (?:produits?|outils?|moyens?|maliciels?)\b|\b(?:what|which) (?:malware|cyber ?weapons?)\b|\bwalk me through\b|\bcombien de volts\b|\bhow would i\b|\bguide to\b|\bways to\b|\bwhere (?:is|are) the (?:weak\w{0,6}|best)\b|\btrouve-moi\b|\bou puis-je\b|\bwhat (?:ratio|dose)\b|\bscript something\b|\bat night\b|\baide-moi a\b|\brecipe\b|\bcomment\b|\betape par etape\b|\bles etapes\b|\bexplique-moi\b|\bdonne-moi\b|\bquel(?:le)?s? (?:est|sont)\b|\bmeilleur moyen\b|\blesquelles\b|\boi? dois-je\b|\brecette\b|\bneed a way\b|\bwhere are\b/g,
    weight: 1,
  },
  {
    name: "orders it made",
    words: /^\W{0,3}(?:please )?(?:write|code|create|generate|build|make|craft|design|develop|ecris|code|cree|programme|redige|genere)\b|[:,.] ?(?:write|code|create|generate|build|make|craft)\b|\b(?:code|programme|ecris|cree)-moi\b|\bgive my\b|\bgive me (?:a|the)\b|\bso i can\b|\bso they never\b|\baide-moi\b|\bmelt through\b|\bat home\b|\bahead of the meter\b|\bpayer moins\b|\bi want my\b|\bread it again\b/g,
    weight: 1,
  },
  {
    name: "speaks of an own plan",
    words: /\b(?:i|we)(?:'m| am| are|'re|'ll|'d)? (?:want|wanna|plan|planning|going|gonna|intend|like|looking)(?: to)? (?!(?:to )?(?:know|understand|learn|see|hear|read|prevent|protect|report|check|compare|explain|ask|avoid|stop|teach|make sure|say|find out)\b)|\bme and (?:my |two |some )?\w{1,12} ?(?:buddies|friends)?\b|\bwanna\b|\bmy friends\b|\bje (?:veux|vais|compte|prevois|voudrais)\b|\bon (?:va|cherche a)\b|\bnous allons\b|\bmes (?:camarades|amis)\b|\bsuppose i\b|\bi had a grievance\b|\btonight\b|\bce soir\b|\bnext week\b|\bthat i can get into\b|\bi need a (?:way|payload)\b|\bi will (?:kill|hurt|shoot|murder|destroy|burn)\b|\bi'd love to (?:see|make)\b|\bi could hit\b|\bi'm going in\b|\bva payer\b|\bshould we take out\b/g,
    weight: 2,
  },
  {
    name: "hides it",
    words: /\bwithout (?:being|getting|anyone|her|him|their|them|leaving|permission|authori[sz]ation|\w{1,20} or) ?(?:caught|noticed|seen|noticing|knowing|knowledge|evidence|traces?|a trace|caught\b)?|\bwithout (?!(?:the |any )?(?:customers?|clients?|households?|residents?|consumers?|users?)\b)(?:[\w'-]{1,16} ){1,4}(?:notic(?:es?|ing)|see(?:ing|s)?|knowing|detecting|spotting|finding out|suspecting)\b|\b(?:goes?|going|stays?|remains?) (?:unseen|unnoticed|undetected)\b|\bsees? nothing\b|\b(?:doesn't|don't|won't|can't|never) (?:find out|notice|see it|know|suspect)\b|\bisn't (?:counted|noticed|seen|recorded)\b|\b(?:keeps?|still) (?:thinking|believing)\b|\bcovertly\b|\bbefore anyone (?:reacts|notices|knows|sees)\b|\b(?:delet|eras|wip)(?:e|ing) (?:the |its |all )?logs\b|\b(?:effacer|effacant) (?:mes|les|toute) traces?\b|\bbelongs? to (?:another|someone|somebody)\b|\bstealthily\b|\bi don't (?:own|work for)\b|\ben cachette\b|\ben secret\b|\ba l'insu\b|\bunauthori[sz]ed\b|\buntraceable\b|\bundetect(?:ed|able)\b|\billegal(?:ly)?\b|\billegalement\b|\bget away\b|\b(?:isn't|aren't|not) (?:mine|ours)\b|\b(?:competitor|rival)'s\b|\bd'un (?:concurrent|rival)\b|\bsecretly\b|\bguards?\b|\bunguarded\b|\blook like (?:an? (?:\w{1,20} )?accident|electrocution|suicide|natural)\b|\bsans (?:se faire|etre|me faire|laisser|autorisation|permission)\b|\bintracable\b|\ba un accident\b|\bsomeone's\b|\b(?:isn't|aren't|not) billed\b|\bpay less\b|\bne pas payer\b|\bwithout paying\b|\bi don't like\b|\bwithout the \w{1,20} (?:noticing|knowing)\b|\bsans qu'(?:elle|il|on|ils)\b|\bsans que (?!les (?:clients|abonnes|menages))[^.?!\n]{1,40} (?:le |la |les |s'en )?(?:voit?|voient|sache(?:nt)?|remarque(?:nt)?|apercoive(?:nt)?|rende(?:nt)? compte|detecte(?:nt)?|decouvre(?:nt)?)\b|\bso that (?:nobody|no one)\b|\bbefore (?:an|the|my|our) attack\b|\bsomeone's\b|\bde quelqu'un\b|\badmin's\b|\bso (?:\w{1,20} ){1,2}misses it\b|\bmy (?:manager|boss|ex|neighbou?r)'s\b|\bbehind the\b/g,
    weight: 2,
    meansHarm: true,
  },
  {
    name: "wants harm",
    words: /\bon purpose\b|\b(?:whole|entire) (?:city|country|province|town|region|grid)\b|\b(?:power )?grid offline\b|\bleav(?:e|ing) [^.?!\n]{1,30} dark\b|\beteindre toute?s?\b|\bville (?:au complet|entiere)\b|\bso (?:that )?(?:it|they) (?:burns?|explodes?|melts?|collapses?)\b|\bpour qu'(?:il|elle)s? (?:se brise|explose|brule|prenne feu|s'effondre)(?:nt)?\b|\bloses? power\b|\bmake (?:her|him|them) pay\b|\bout the (?:whole )?(?:country|city|province)\b|\bflood the\b|\bfor good\b|\bas many (?:\w{1,20} )?as possible\b|\bpriver (?:toute )?(?:la ville|montreal|toronto|quebec|la province)\b|\ball at once\b|\bthat steals?\b|\bcaptures? (?:users|their|the)\b|\bso that they give\b|\bpour (?:voler|recuperer)\b|\bend it\b|\bvolontairement\b|\bintentionally\b|\bdeliberately\b|\bnobody (?:will|would|can)? ?notices?\b|\bransom\b|\ba leur insu\b|\ba son insu\b|\bweakest point i\b|\bterrorists?\b|\bshoot up\b|\bfor a month\b|\brifles?\b|\bbackwards\b|\bdies\b|\bengineers' laptops\b|\bfor a week\b|\brevenge\b|\bgrievance\b|\bsend me their\b|\buntil it explodes\b|\bpainful\b|\bfinish off\b|\bplay with its\b|\bpar quel poste commencer\b|\bmelt through\b|\bsell them\b|\bwho cut my\b/g,
    weight: 2,
    meansHarm: true,
  },
  {
    name: "chooses a target or a cover",
    words: /\b(?:should|could|can) (?:i|we) (?:cut|hit|target|attack|trip|shoot|open)\b|\bfaut-il (?:viser|couper|attaquer|frapper)\b|\bfrom (?:my|a) (?:laptop|phone|bedroom|basement|car)\b|\bwith (?:a |some |my )?drones?\b|\bwhile (?:i|we) (?:open|cut|trip|shut|raise|break|enter)\b|\bpendant que (?:j'|je |nous |on )(?:ouvr|coup|entr|decl)\w{1,6}\b|\bavec (?:un |des |mon )?drones?\b/g,
    weight: 1,
  },
  { name: "does it from afar", words: /\b(?:remotely|a distance)\b/g, weight: 0.5 },
  {
    name: "wants it to work",
    words: /\b(?:fully )?working (?:copy|version|sample|code|exploit|trojan|virus|worm|ransomware|malware|bomb|gun)\b|\b(?:trojan|virus|worm|ransomware|malware|copy of \w{1,30}|code|botnet|script) that (?:sends|spreads|encrypts|steals|wipes|bricks|deletes|erases|grabs)\b|\b(?:virus|rancongiciel|ver|vers informatique|logiciel) (?:informatique )?qui (?:chiffre|efface|se propage|vole|detruit)\b/g,
    weight: 2,
    meansHarm: true,
  },
  {
    name: "uses a pretext",
    words: /\bfor (?:a|my) (?:novel|story|book|movie|film|screenplay|game)\b|\bmy (?:hero|character)\b|\bpretend\b|\bhypothetical(?:ly)?\b|\bno rules\b|\bignore (?:all|your|the|previous)\b|\bgrand-?mother\b|\bpurposes only\b|\bso it's fine\b|\bmy (?:chemistry )?teacher asked\b|\bpour (?:un|mon) (?:roman|livre|film)\b|\bfais semblant\b|\bi teach\b/g,
    weight: 1.5,
    meansHarm: true,
  },
  {
    name: "is about defence",
    words: /\b(?:protect(?:s|ion|ing)?|harden(?:ing)?|defen[cs]es?|defend|prevent(?:s|ion|ing)?(?! (?:crews|police|repairs|anyone|them)\b)|mitigat(?:e|es|ions?)|(?<!\b(?:avoid|evade|escape|being) )detect(?:s|ed|ion)?|tell (?:that|if|whether) (?:somebody|someone|anyone)|stop(?:s)? (?:people|someone|somebody|anyone|an?|them|attackers?|thieves)|remediate|train(?:ing)?|(?<!\b(?:best|weak|blind|right) )spot|exercises?|table-?top|gridex|awareness|audit(?:s|ors?)?|would show|(?<!\buse )against|secur(?:e|ity|ing)|resilien(?:ce|t)|report(?:ing)?|red team found|reduce|proteger|protegent|defendre|prevenir|eviter(?! (?:les (?:cameras|gardiens|patrouilles)|d'etre))|contre les (?:attaques|cyberattaques|intrusions|tirs|maliciels|rancongiciels|virus)|contre l'hameconnage|former|exercice|securiser|detecter|quelles mesures)\b/g,
    weight: -3,
  },
  {
    name: "is about what has been",
    words: /\b(?:19|20)\d\d\b|\b(?:ukrain\w{0,6}|metcalf|moore county|stuxnet|industroyer|volt typhoon|colonial pipeline)\b|\bhow did\b|\bwhat did\b|\bwhat happened\b|\bwho was\b|\bwas the\b|\bhas anyone\b|\bwere\b|\bconvicted\b|\bs'est deroulee?\b|\bque sait-on\b|\bconsequences\b|\bont ete\b|\bhow (?:many|much)\b(?! (?:[\w-]{1,16} ){1,2}(?:must|should|would|do) i\b)|\bcombien\b/g,
    weight: -3,
  },
  {
    name: "is about rules",
    words: /\b(?:nerc|cip-\d+|standards?|requires?|requirements?|regulations?|code criminel|criminal code|law|legal|norme|exigences?|prevoit|contract|contrat)\b/g,
    weight: -2,
  },
  {
    name: "is about planning and operation",
    words: /\bn-[12]\b|\bcontingenc(?:y|ies)\b|\b(?:stud(?:y|ies)|etude|operating reserve|reserve|criticality|islanding|ilotage|load[ -]shedding|rotating outages?|delestages?|adequacy|reliability|scenarios?|maintenance|entretien|switching order|procedure|ground|de-energize|before work|travaux|reclosing|reenclenchement|out of service|firmware (?:is )?updat(?:es?|ed|ing)|how much load|(?:before|after|during|for) (?:an? |the |our )?test(?:s|ing)?|papers|(?:in|dans) (?:an? |the |our |my |le |un |mon |notre )?model(?:s|e|es)?)\b/g,
    weight: -2.5,
  },
  { name: "is about safety", words: /\bwithout (?:hurting|harming|injuring)\b|\b(?:safely|safety|safe|securite|sans danger|downed|hazards?|avant de (?:changer|remplacer|travailler)|before (?:changing|replacing|working)|find help|help ?line|prevention)\b/g, weight: -2.5 },
  { name: "is for learning", words: /\b(?:students?|class|course|eleves|cours|school|explain why|explain to|explique a|why|pourquoi)\b/g, weight: -1.5 },
  {
    name: "speaks of those whose work it is",
    words: /\bhow (?:do|does|can|should|would) (?:a |an |the |our |your )?(?:crews?|operators?|utilit(?:y|ies)|engineers?|planners?|dispatchers?|ieso|aeso|hydro-quebec|technicians?|workers|owners?|relays?|breakers?|lines?)\b/g,
    weight: -2,
  },
  { name: "speaks of what is one's own", words: /\b(?:my|our|mon|nos|notre|own) (?:own |solar |wind |home |backup ){0,2}(?:inverters?|panels?|generators?|turbines?|farm|breakers?|plant|onduleurs?|panneaux|generatrices?|disjoncteurs?)\b/g, weight: -2 },
  { name: "speaks of others who attack", words: /\b(?:attackers?|hackers?|intruders?|adversar(?:y|ies)|threat actors?|criminals?|thieves|attaquants?|pirates)\b/g, weight: -1 },
];
