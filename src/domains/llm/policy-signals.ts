/**
 * What the policy looks for, in English and French, on folded text (lower case, no accents). None of it decides alone: an act
 * needs an object near it, and what is around them weighs for or against. Chosen on tests/evaluations/policy/tuning.jsonl.
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
  weight: number;
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
  /\b(?:sub-?stations?|transformers?|pylons?|transmission (?:lines?|towers?)|power (?:lines?|grid|plants?|stations?|supply|of)|towers?|\d{2,3} ?kv lines?|grid|scada|ems|plcs?|rtus?|relays?|busbars?|breakers?|control (?:centres?|centers?|rooms?)|converter stations?|dams?|reactors?|nuclear|bruce power|pipelines?|feeders?|lines? that|lights in|sous-?stations?|postes?|transformateurs?|pylones?|lignes?|reseau|disjoncteurs?|centrales?|barrages?|automates?|gazoducs?|courant|hydro-quebec|centre de conduite|alimentent|blackout)\b/g;
const malware = /\b(?:malware|ransomware|rancongiciels?|worms?|virus(?:es)?|trojans?|keyloggers?|rootkits?|botnets?|spyware|backdoors?|exploit code|industroyer|stuxnet|triton|vers? informatiques?|chevaux? de troie|logiciels? malveillants?|ddos)\b/g;
const credentials = /\b(?:passwords?|passcodes?|credentials?|log-?ins?|accounts?|session cookies?|cookies|tokens|vpn|mots? de passe|identifiants|comptes?|jetons)\b/g;
const people =
  /\b(?:neighbou?rs?|boss|wife|husband|ex(?:-\w{1,20})?|girlfriend|boyfriend|coworkers?|colleagues?|someone|somebody|him|her|them|ceo|people|workers?|employees?|crew|lineman|linemen|operators?|family|man|woman|child(?:ren)?|guards?|voisine?s?|patronn?e?|femme|mari|collegues?|quelqu'un|employee?s?|ouvriers?|gens|famille|gardiens?)\b/g;
const weapons =
  /\b(?:bombs?|explosives?|grenades?|molotovs?|nitroglycerin|napalm|sarin|vx|nerve (?:agents?|gas)|mustard gas|ricin|anthrax|emp (?:device|weapon|bomb)s?|guns?|firearms?|silencers?|landmines?|bombes?|explosifs?|armes?(?: a feu)?|gaz (?:sarin|moutarde|neurotoxique)|nitroglycerine)\b(?! calorimet)/g;
const makes =
  /\b(?:builds?|buil(?:d|t|ding)|mak(?:e|es|ing)|made|assembl(?:e|ing)|synthesi[sz](?:e|ing)|synthesis|recipe|produc(?:e|ing)|3d print|print|chemicals|instructions|construi(?:re|s)|fabri(?:quer|cation)|fabrique|produire|recette|imprimer|assembler)\b/g;
const writes =
  /\b(?:writ(?:e|ing)|cod(?:e|ing)|creat(?:e|ing)|mak(?:e|ing)|build|generat(?:e|ing)|develop|program|craft|draft|design|give|get me|plant|ecri(?:s|re|vez)|cod(?:er|ez)|code|cree[rz]?|programm(?:e|er|ez)|genere[rz]?|redige[rz]?|developpe[rz]?|donne)\b/g;

export const harmRules: readonly HarmRule[] = [
  {
    category: "infrastructure_attack",
    name: "destroy",
    act: /\b(?:sabotag(?:e|ing)|destroy(?:ing)?|blow(?:ing)? up|burn(?:ing)? down|set fire|tak(?:e|ing) (?:out|down|(?:them|it|one) out)|knock(?:ing)? out|bring(?:ing)? down|black(?:ing)? out|shoot(?:ing)? (?:out|at|up)|cripple|topple|short(?:ing)? (?:them |it )?out|hack(?:ing)?|break(?:ing)? into|attack(?:ing)|turn(?:ing)? off the lights|should fall|saboter|detruire|faire (?:sauter|tomber|exploser)|incendier|bruler|tirer sur|priver|pirater|attaquer|prendre le controle|mettre hors service)\b/g,
    object: grid,
    reach: 70,
    weight: 2,
  },
  {
    category: "infrastructure_attack",
    name: "cut",
    act: /\b(?:cut(?:ting)?|disabl(?:e|ing)|shut(?:ting)? down|sh t down|open(?:ing)? the (?:breakers?|gates)|damag(?:e|ing)|trip(?:ping)?|trip commands|shoot|flood|attack|couper|neutraliser|arreter|scier|viser|ouvrir les (?:disjoncteurs|vannes))\b/g,
    object: grid,
    reach: 60,
    weight: 1,
  },
  {
    category: "infrastructure_attack",
    name: "cause a disaster",
    act: /\b(?:caus(?:e|ing)|trigger(?:ing)?|provoqu(?:er|e)|declencher)\b/g,
    object: /\b(?:meltdown|cascading (?:blackout|failure)|blackout|dam (?:failure|break)|explosion|fusion du coeur|panne (?:generale|en cascade)|rupture du barrage)\b/g,
    reach: 40,
    weight: 1.5,
  },
  { category: "weapons", name: "make a weapon", act: makes, object: weapons, reach: 60, weight: 2 },
  { category: "malware", name: "make malware", act: writes, object: malware, reach: 60, weight: 2 },
  { category: "malware", name: "hide malware", act: /\b(?:undetectable|undetected|evade|indetectable|bypass (?:the )?antivirus|spreads?|bricks?|wipes?|efface|se propage)\b/g, object: malware, reach: 60, weight: 1.5 },
  { category: "credential_theft", name: "bait", act: writes, object: /\b(?:phishing|fake (?:\w{1,20} ){0,2}(?:log-?in|page|site)|hameconnage|fausse page)\b/g, reach: 40, weight: 2 },
  {
    category: "credential_theft",
    name: "take credentials",
    act: /\b(?:steal(?:s|ing)?|crack(?:ing)?|brute[ -]forc(?:e|ing)|guess(?:ing)?|grab(?:s|bing)?|captur(?:es?|ing)|harvest(?:ing)?|get into|log in as|voler|deviner|recuperer|craquer|derober)\b/g,
    object: credentials,
    reach: 50,
    weight: 2,
  },
  {
    category: "violence",
    name: "hurt a person",
    act: /\b(?:kill|murder|hurt|harm|electrocute|poison|strangle|stab|shoot|beat|tuer|assassiner|electrocuter|blesser|empoisonner|m'en prendre|frapper)\b/g,
    object: people,
    reach: 45,
    weight: 2,
  },
  {
    category: "violence",
    name: "find or follow a person",
    act: /\b(?:home address|where (?:he|she|they|my [\w-]+) lives?|lives so i|donne-moi son adresse|ou (?:il|elle) habite|track (?:my|her|his|someone)|secretly track)\b/g,
    reach: 0,
    weight: 2,
  },
  {
    category: "self_harm",
    name: "end one's own life",
    act: /\b(?:kill myself|kill me\b|end my (?:own )?life|end it all|take my (?:own )?life|(?:want|going) to die|don't want to live|never wake up|hang myself|electrocute myself|hurt myself|me suicider|me tuer|veux mourir|en finir avec (?:la|ma) vie|m'electrocuter|plus envie de vivre|mettre fin a mes jours)\b/g,
    reach: 0,
    weight: 4,
  },
  {
    category: "theft",
    name: "cheat a meter",
    act: /\b(?:bypass|tamper(?:ing)? with|slow down|trafiquer|contourner|magnet|hack|brancher illegalement|rig|truquer)\b/g,
    object: /\b(?:(?:smart |hydro |power |electric(?:ity)? )?meters?|compteurs?|sur la ligne)\b/g,
    reach: 40,
    weight: 1.5,
  },
  {
    category: "theft",
    name: "steal",
    act: /\b(?:steal(?:ing)?|take the|voler|derober)\b/g,
    object: /\b(?:copper|cuivre|electricity|electricite|cables?|ground wires?)\b/g,
    reach: 40,
    weight: 2,
  },
];

/** What surrounds an act and its object. */
export const aroundSignals: readonly AroundSignal[] = [
  {
    name: "asks how it is done",
    words: /\bhow (?:do|can|could|would|to|should|is|2|high|many)\b|\bstep[ -]by[ -]step\b|\b(?:detailed|exact|full|all the) (?:steps|instructions|tutorial)\b|\btutorial\b|\binstructions\b|\b(?:tell|show|give|help|teach|get|build|make) (?:me|my)\b|\b(?:best|easiest|quickest|fastest|least \w{1,20}) (?:way|tool|place|magnet|method)\b|(?:^|[.?!:] )which\b|\bwhich (?:[\w-]{1,20} ){0,3}(?:should|could|can|would)\b|\bwhat (?:do i need|chemicals)\b|\brecipe\b|\bcomment\b|\betape par etape\b|\bles etapes\b|\bexplique-moi\b|\bdonne-moi\b|\bquel(?:le)?s? (?:est|sont)\b|\bmeilleur moyen\b|\blesquelles\b|\boi? dois-je\b|\brecette\b|\bneed a way\b|\bwhere are\b/g,
    weight: 1,
  },
  {
    name: "orders it made",
    words: /^\W{0,3}(?:please )?(?:write|code|create|generate|build|make|craft|design|develop|ecris|code|cree|programme|redige|genere)\b|[:,.] ?(?:write|code|create|generate|build|make|craft)\b|\b(?:code|programme|ecris|cree)-moi\b|\bgive my\b|\bgive me (?:a|the)\b|\bso i can\b|\bread it again\b/g,
    weight: 1,
  },
  {
    name: "speaks of an own plan",
    words: /\b(?:i|we)(?:'m| am| are|'re)? (?:want|wanna|plan|planning|going|intend|need a way)(?: to)?\b|\b(?:i|we)'(?:d like|ll) (?:to )?\b|\bmy friends and i\b|\bmy friends\b|\bje (?:veux|vais|compte|prevois)\b|\bon va\b|\bnous allons\b|\bmes (?:camarades|amis)\b|\btonight\b|\bce soir\b|\bnext week\b|\bshould we take out\b/g,
    weight: 2,
    meansHarm: true,
  },
  {
    name: "hides it",
    words: /\bwithout (?:being|getting|anyone|her|him|their|them|leaving|permission|authori[sz]ation|\w{1,20} or) ?(?:caught|noticed|seen|noticing|knowing|knowledge|evidence|traces?|a trace|caught\b)?|\bunauthori[sz]ed\b|\buntraceable\b|\bundetect(?:ed|able)\b|\bget away\b|\bisn't mine\b|\bnot mine\b|\bsecretly\b|\bguards?\b|\bunguarded\b|\blook like an? (?:\w{1,20} )?accident\b|\bsans (?:se faire|etre|me faire|laisser|autorisation|permission)\b|\bintracable\b|\ba un accident\b|\bsomeone's\b|\b(?:isn't|aren't|not) billed\b|\bpay less\b|\bne pas payer\b|\bwithout paying\b|\bi don't like\b/g,
    weight: 2,
    meansHarm: true,
  },
  {
    name: "wants harm",
    words: /\bon purpose\b|\bwhole (?:city|country|province|town)\b|\bloses? power\b|\bmake (?:her|him|them) pay\b|\bout the (?:whole )?(?:country|city|province)\b|\bflood the\b|\bfor good\b|\bas many (?:\w{1,20} )?as possible\b|\bpriver (?:toute )?(?:la ville|montreal|toronto|quebec|la province)\b|\bat once\b|\bthat steals?\b|\bcaptures? (?:users|their|the)\b|\bso that they give\b|\bpour (?:voler|recuperer)\b|\bend it\b|\bsell them\b|\bwho cut my\b/g,
    weight: 2,
    meansHarm: true,
  },
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
    words: /\b(?:protect(?:s|ion|ing)?|harden(?:ing)?|defen[cs]es?|defend|prevent(?:s|ion|ing)?|mitigat(?:e|es|ions?)|detect(?:s|ed|ion)?|stop(?:s)? (?:people|an?|them|attackers?|thieves)|remediate|train(?:ing)?|spot|exercises?|table-?top|gridex|awareness|against|secur(?:e|ity|ing)|resilien(?:ce|t)|report(?:ing)?|red team found|reduce|proteger|protegent|defendre|prevenir|eviter|contre|former|exercice|securiser|detecter|mesures)\b/g,
    weight: -3,
  },
  {
    name: "is about what has been",
    words: /\b(?:19|20)\d\d\b|\b(?:ukrain\w{0,6}|metcalf|moore county|stuxnet|industroyer|volt typhoon|colonial pipeline)\b|\bhow did\b|\bwhat did\b|\bwhat happened\b|\bwho was\b|\bwas the\b|\bhas anyone\b|\bwere\b|\bconvicted\b|\bs'est deroulee?\b|\bque sait-on\b|\bconsequences\b|\bont ete\b|\bhow (?:many|much)\b|\bcombien\b/g,
    weight: -3,
  },
  {
    name: "is about rules",
    words: /\b(?:nerc|cip-\d+|standards?|requires?|requirements?|regulations?|code criminel|criminal code|law|legal|norme|exigences?|prevoit|contract|contrat)\b/g,
    weight: -2,
  },
  {
    name: "is about planning and operation",
    words: /\bn-[12]\b|\bcontingenc(?:y|ies)\b|\b(?:stud(?:y|ies)|etude|operating reserve|reserve|criticality|islanding|ilotage|adequacy|reliability|scenarios?|maintenance|entretien|switching order|procedure|ground|de-energize|before work|travaux|reclosing|reenclenchement|out of service|firmware|alarm|how much load|tests?|papers|model|data)\b/g,
    weight: -2.5,
  },
  { name: "is about safety", words: /\b(?:safely|safety|safe|securite|sans danger|downed|hazards?|find help|help ?line|prevention)\b/g, weight: -2.5 },
  { name: "is for learning", words: /\b(?:students?|class|course|eleves|cours|school|explain why|explain to|explique a|why|pourquoi)\b/g, weight: -1.5 },
  { name: "speaks of others who attack", words: /\b(?:attackers?|hackers?|intruders?|adversar(?:y|ies)|threat actors?|criminals?|thieves|attaquants?|pirates)\b/g, weight: -1 },
];
