import type { Article } from './article.js';

/** Of people and institutions. */
export const SOCIETY: readonly Article[] = [
  {
    slug: 'marche-climat',
    section: 'society',
    source: 'La Tribune du Littoral',
    author: 'Nora Vidal',
    minutesAgo: 1130,
    standfirst:
      'Lycéens, étudiants, quelques grands-parents : le cortège a traversé la ville jusqu’au coucher du soleil, sans incident.',
    paragraphs: [
      'Ils avaient rendez-vous à quinze heures devant la bibliothèque ; à seize heures, la tête du cortège arrivait déjà au port alors que les derniers rangs n’avaient pas bougé. Les organisateurs parlent de douze mille personnes, la préfecture de sept mille. Tous s’accordent sur un point : on n’avait pas vu autant de moins de vingt ans dans la rue depuis longtemps.',
      'Sur les pancartes, beaucoup d’humour et des demandes précises : de l’ombre dans les cours d’école, de l’eau potable dans les stades, des bus jusqu’aux quartiers hauts. « On nous demande toujours ce que nous voulons. Voilà, c’est écrit, et c’est chiffré », explique une élève de terminale qui a coordonné les propositions de neuf lycées.',
      'Le conseil municipal recevra une délégation mercredi. Il a déjà annoncé que quatre cours d’école seraient plantées cet hiver, à titre d’essai. Les manifestants ont nettoyé la place avant de partir, ce que les agents de la propreté ont salué d’un concert de klaxons.',
    ],
  },
  {
    slug: 'samu-nuit',
    section: 'society',
    source: 'Le Courrier de la Baie',
    author: 'Reda Alaoui-Martin',
    minutesAgo: 845,
    standfirst:
      'Douze heures, dix-neuf appels, trois thermos de café. Reportage avec celles et ceux qui arrivent quand on compose le numéro.',
    paragraphs: [
      'La garde commence par un inventaire. Oxygène, perfusions, piles, couvertures : chaque tiroir est ouvert, compté, refermé. « Ce qu’on vérifie maintenant, on n’aura pas à le chercher tout à l’heure », dit l’infirmière, qui fait ce métier depuis seize ans et range toujours les gants du même côté.',
      'Le premier appel vient d’un troisième étage sans ascenseur, le deuxième d’un restaurant, le troisième d’un homme qui s’est surtout senti seul. On ne sait jamais. Entre deux adresses, le conducteur baisse la sirène dans les rues étroites : à trois heures du matin, le gyrophare suffit, et les quartiers dorment.',
      'Au petit jour, le tableau affiche dix-neuf sorties et aucune histoire qu’on racontera ce soir à table. C’est la définition d’une bonne nuit. L’équipe rappelle un conseil simple, trop souvent oublié : laisser quelqu’un devant l’immeuble pour faire signe. « Deux minutes gagnées là, c’est énorme. »',
    ],
    quotation: {
      before: 2,
      words:
        'Les gens s’excusent de nous avoir dérangés. Je leur réponds que c’est l’inverse qui m’inquiéterait.',
      by: 'Le médecin de garde',
    },
  },
  {
    slug: 'audience-solennelle',
    section: 'society',
    source: 'Le Quotidien des Remparts',
    author: 'Claire Amrani',
    minutesAgo: 470,
    standfirst:
      'Moins d’affaires en attente, des délais qui raccourcissent, et une promesse : des décisions que l’on comprend en les lisant.',
    paragraphs: [
      'La cérémonie obéit à un ordre que rien ne trouble : l’entrée de la cour, les discours, les chiffres. Ceux de cette année sont meilleurs. Le nombre d’affaires en attente a baissé d’un dixième, et le délai moyen d’un litige entre voisins est passé sous la barre des six mois.',
      'La présidente a surtout voulu parler de langue. Depuis janvier, chaque décision rendue par la chambre civile commence par un résumé d’une demi-page, écrit pour les personnes concernées et non pour leurs avocats. Un comité de lecteurs volontaires, parmi lesquels une boulangère et un instituteur, relit un échantillon chaque mois.',
      'Le bâtonnier a salué l’initiative et réclamé des moyens : il manque toujours quatre greffiers, et la salle des pas perdus prend l’eau. Des travaux sont promis pour l’été. En attendant, trois seaux bleus accueillent les visiteurs sous la grande balance dorée.',
    ],
  },
  {
    slug: 'elections-communales',
    section: 'society',
    source: 'La Tribune du Littoral',
    author: 'Inès Lacroix',
    minutesAgo: 72,
    standfirst:
      'Où voter, avec quelle pièce d’identité, jusqu’à quelle heure : ce qu’il faut savoir avant de se déplacer.',
    paragraphs: [
      'Les bureaux ont ouvert à huit heures et fermeront à dix-neuf heures, sans exception. Toute personne présente dans la file à l’heure de la fermeture pourra voter. Il faut une pièce d’identité ; la carte d’électeur aide à trouver sa salle plus vite, mais elle n’est pas indispensable.',
      'Pour la première fois, les urnes sont transparentes dans tous les bureaux et chaque dépouillement sera ouvert aux électeurs qui le souhaitent, dans la limite des places. Deux cents volontaires ont suivi une formation pour compter à voix haute, par paquets de dix, puis recompter.',
      'À midi, la participation s’établissait à un peu plus de trente pour cent, en légère hausse. Les premiers résultats complets sont attendus vers vingt-deux heures. Ils seront affichés à la porte de chaque bureau avant d’être transmis, afin que chacun puisse comparer.',
    ],
  },
];
