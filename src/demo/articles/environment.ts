import type { Article } from './article.js';

/** Of water, weather and land. */
export const ENVIRONMENT: readonly Article[] = [
  {
    slug: 'rue-inondee',
    section: 'environment',
    source: 'Le Courrier de la Baie',
    author: 'Yanis Morel',
    minutesAgo: 222,
    standfirst:
      'Une soixantaine de personnes ont passé la nuit au gymnase. L’eau baisse de trois centimètres par heure, et les pompes tournent.',
    paragraphs: [
      'Il est tombé en quatre heures ce qu’il tombe d’habitude en un mois. Dans le quartier bas, la rue principale s’est changée en canal peu avant minuit ; deux barques des secours, appelées aussitôt, ont conduit les habitants jusqu’au gymnase municipal, où les attendaient des couvertures et de la soupe.',
      'Personne n’est blessé. Les équipes ont fait du porte-à-porte jusqu’à l’aube et vérifié chaque rez-de-chaussée. L’eau se retire lentement, aidée par six pompes, et l’électricité sera rétablie immeuble par immeuble, après le passage d’un technicien.',
      'Le bassin de retenue, dont l’agrandissement est prévu pour l’an prochain, a débordé pour la deuxième fois en trois ans. Les habitants demandent que le chantier soit avancé. La commune a ouvert une ligne téléphonique et recommande de photographier les dégâts avant de nettoyer.',
    ],
    quotation: {
      before: 2,
      words: 'Le voisin du quatrième a descendu du thé à tout l’escalier. On se connaissait à peine.',
      by: 'Une habitante du quartier bas',
    },
  },
  {
    slug: 'alerte-orages',
    section: 'environment',
    source: 'Radio Corniche',
    author: 'La rédaction',
    minutesAgo: 58,
    standfirst:
      'De fortes averses et de la grêle sont possibles chaque après-midi. Les sorties scolaires en plein air sont reportées.',
    paragraphs: [
      'Le ciel donnera peu de répit jusqu’à jeudi. Une masse d’air humide remonte des côtes et rencontre, au-dessus des plaines, de l’air bien plus froid : les orages se formeront vers quinze heures et pourront être violents par endroits, avec de la grêle et des rafales de quatre-vingts kilomètres par heure.',
      'Les services de secours rappellent les gestes utiles : rentrer ce qui peut s’envoler, ne pas s’abriter sous un arbre isolé, ne jamais s’engager sur une route submergée, même lentement. Trente centimètres d’eau suffisent à déplacer une voiture.',
      'Les agriculteurs ont couvert ce qu’ils pouvaient. Les sorties scolaires et les entraînements en plein air sont reportés, et les parcs fermeront à quatorze heures. Une accalmie est attendue vendredi matin, avec un net rafraîchissement.',
    ],
  },
  {
    slug: 'recolte-olives',
    section: 'environment',
    source: 'L’Écho des Plaines',
    author: 'Meryem Tazi',
    minutesAgo: 540,
    standfirst:
      'Au pied des montagnes, les arbres ploient. Les moulins ouvriront deux semaines plus tôt que l’an dernier.',
    paragraphs: [
      'Les filets sont déjà étendus sous les plus vieux arbres. Dans les vergers du piémont, on attend cette année près d’un tiers d’olives de plus : le printemps a été frais, l’été sans excès, et la neige des sommets a nourri les sources jusqu’en septembre.',
      'La récolte se fait encore largement à la main, avec de longs peignes, en commençant par les branches basses. Les familles s’entraident, une parcelle après l’autre, et les étudiants rentrent pour le week-end. « On travaille moins vite qu’une machine, mais l’arbre s’en souvient », assure un cueilleur de soixante-dix ans.',
      'Les trois moulins de la vallée ouvriront deux semaines plus tôt, de jour comme de nuit. Les premières huiles, très vertes, seront à goûter au marché dès la fin du mois. Quant aux noyaux, ils chaufferont les serres communales : rien ne se perd.',
    ],
  },
  {
    slug: 'centrale-solaire',
    section: 'environment',
    source: 'La Tribune du Littoral',
    author: 'Karim Delorme',
    minutesAgo: 760,
    standfirst:
      'Cent cinquante mille panneaux, une éolienne d’essai, et des moutons pour tenir l’herbe courte.',
    paragraphs: [
      'Le bouton a été poussé à midi pile, à l’heure où les ombres sont les plus courtes. Aussitôt l’aiguille a grimpé : la nouvelle centrale peut alimenter une ville de quatre-vingt mille habitants par temps clair, un peu moins quand le vent soulève la poussière.',
      'Le nettoyage est justement ce qui a occupé les ingénieurs. Les panneaux sont brossés à sec, la nuit, par de petits robots qui suivent les rangées ; on économise ainsi l’eau de trois forages. Entre les rangées paissent deux cents moutons, prêtés par les éleveurs voisins.',
      'Une éolienne d’essai complète l’installation. Elle doit montrer si le vent du soir peut prendre le relais quand le soleil tombe. Si l’expérience réussit, douze autres suivront, sur la crête, après une enquête publique dont les habitants ont obtenu qu’elle dure trois mois.',
    ],
  },
  {
    slug: 'barrages-remplis',
    section: 'environment',
    source: 'Le Quotidien des Remparts',
    author: 'Hicham Bennis',
    minutesAgo: 1015,
    standfirst:
      'Les pluies de novembre ont changé la carte : soixante-six pour cent de remplissage, contre quarante il y a un an.',
    paragraphs: [
      'Les vannes sont ouvertes depuis dimanche et le grondement s’entend à deux kilomètres. Ce n’est pas un trop-plein, précisent les exploitants, mais une manœuvre de sécurité : on fait de la place avant la prochaine perturbation, annoncée pour le milieu de la semaine.',
      'À l’échelle du pays, les retenues sont pleines aux deux tiers. C’est le meilleur niveau depuis six ans pour la saison. Les restrictions d’arrosage seront levées dans la plupart des communes, sauf dans le Sud-Est, où les nappes ne se reconstituent que lentement.',
      'Les hydrologues invitent à ne pas oublier les années sèches. Les économies apprises pendant la pénurie, disent-ils, valent autant qu’un barrage : la consommation par habitant a baissé d’un huitième, et rien n’oblige à la laisser remonter.',
    ],
  },
];
