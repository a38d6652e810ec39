import type { Article } from './article.js';

/** Of work and trade. */
export const ECONOMY: readonly Article[] = [
  {
    slug: 'trafic-conteneurs',
    section: 'economy',
    source: 'La Tribune du Littoral',
    author: 'Karim Delorme',
    minutesAgo: 190,
    standfirst:
      'Jamais autant de boîtes n’étaient passées sous les grues en un mois. Le port recrute, et cherche déjà de la place.',
    paragraphs: [
      'Le compteur affiché dans le hall de la capitainerie a dépassé le précédent record avec trois jours d’avance. Sur le quai nord, les trois grandes grues orange n’ont pratiquement pas cessé de tourner ; la plus récente, livrée au printemps, soulève désormais deux conteneurs à la fois.',
      'La hausse tient à une nouvelle escale hebdomadaire et aux récoltes, précoces cette année. Elle pose aussi des problèmes de riche : le parc de stockage est plein à quatre-vingt-douze pour cent, et les camions attendent parfois deux heures à la grille. Un système de rendez-vous, déjà essayé la nuit, sera étendu à toute la journée.',
      'Cent vingt embauches sont prévues d’ici l’été, dont un tiers pour des postes de conduite à distance. Le centre de formation du port a reçu quatre fois plus de candidatures que de places. Les premières promotions comptent autant de femmes que d’hommes, ce qui, sur les quais, fait encore parler.',
    ],
  },
  {
    slug: 'bourse-hausse',
    section: 'economy',
    source: 'Le Quotidien des Remparts',
    author: 'Paul-Amine Garnier',
    minutesAgo: 395,
    standfirst:
      'Les échanges ont été calmes, mais la tendance est nette : cinquième séance de hausse, portée par les valeurs industrielles.',
    paragraphs: [
      'La semaine avait commencé sans entrain ; elle s’achève sur un gain d’un peu plus de deux pour cent. Les valeurs industrielles ont donné le ton après la publication de carnets de commandes mieux remplis que prévu. Les banques ont suivi, les assurances un peu moins.',
      'Les analystes restent mesurés. Les volumes sont faibles, rappellent-ils, et quelques ordres suffisent à faire bouger l’indice. Deux rendez-vous diront si l’optimisme tient : les chiffres de l’emploi, mardi, et la décision sur les taux, jeudi.',
      'Pour les particuliers, un conseil revient, qui n’a rien de nouveau : ne pas placer en actions l’argent dont on aura besoin avant cinq ans. Les clubs d’investissement, eux, affichent complet. Celui de la bibliothèque municipale se réunit désormais deux fois par mois, avec une règle : aucune recommandation, seulement des questions.',
    ],
  },
  {
    slug: 'saison-sardine',
    section: 'economy',
    source: 'Radio Corniche',
    author: 'Leïla Ferrand',
    minutesAgo: 990,
    standfirst:
      'Quarante barques sont sorties au lever du soleil. La mer était plate, les filets légers, et personne ne s’en plaint.',
    paragraphs: [
      'On les entend avant de les voir : un moteur, puis dix, puis tout le port. À cinq heures et demie, les barques bleues ont passé la jetée en file, comme le veut l’usage du premier jour. Le patron le plus âgé ouvre la marche et coupe son moteur devant la croix des marins ; les autres font de même.',
      'Les prises de la matinée ont été modestes. C’est plutôt bon signe, expliquent les pêcheurs : le repos biologique a été prolongé de deux semaines et les bancs, encore jeunes, sont restés au large. La coopérative a fixé un quota par bateau pour que les prix ne s’effondrent pas en une nuit.',
      'À la criée, les caisses se sont vendues en vingt minutes. La conserverie a pris la moitié, les restaurants le reste. Sur le quai, un gril était déjà allumé : la tradition veut que les premières sardines ne se paient pas.',
    ],
  },
  {
    slug: 'moisson',
    section: 'economy',
    source: 'L’Écho des Plaines',
    author: 'Samir Rousseau',
    minutesAgo: 1200,
    standfirst:
      'Les silos se remplissent plus vite qu’on ne l’espérait. Le blé est beau, et il y en aura assez pour les semences.',
    paragraphs: [
      'La moissonneuse avance, la poussière suit, et le chauffeur garde les yeux sur un petit écran : quarante-deux quintaux à l’hectare, presque dix de plus que l’an dernier. Dans la plaine, les premières parcelles sont coupées et les coopératives revoient leurs prévisions à la hausse.',
      'Deux pluies d’avril ont fait la différence, disent les agriculteurs, ainsi que des variétés plus courtes qui résistent mieux au vent. La qualité suit : la teneur en protéines permettra de vendre l’essentiel de la récolte à la meunerie plutôt qu’à l’alimentation animale.',
      'Tout n’est pas réglé. Le gazole pèse toujours lourd et plusieurs exploitations rembourseront d’abord les dettes de deux années sèches. Les réserves de semences, en revanche, seront reconstituées, et trois villages ont décidé d’acheter ensemble une moissonneuse pour la saison prochaine.',
    ],
  },
];
