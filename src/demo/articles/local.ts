import type { Article } from './article.js';

/** Of the town. */
export const LOCAL: readonly Article[] = [
  {
    slug: 'front-de-mer',
    section: 'local',
    source: 'Le Courrier de la Baie',
    author: 'Salma Rahal',
    minutesAgo: 34,
    standfirst:
      'Trottoirs élargis, huit cents arbres, une piste cyclable d’un bout à l’autre : les barrières sont tombées hier soir, et la ville est venue voir.',
    paragraphs: [
      'Il était un peu moins de vingt heures quand les dernières barrières ont été poussées contre le muret. Personne n’avait annoncé l’heure exacte, mais le mot avait circulé : en quelques minutes, la promenade s’est remplie de poussettes, de trottinettes et de retraités qui comparaient à voix haute avec « l’ancien front de mer », celui des pavés disjoints et des bancs sans dossier.',
      'Les travaux devaient durer quatorze mois ; ils en ont pris vingt-quatre. La faute à une canalisation que les plans situaient de l’autre côté de la chaussée, et à un hiver où la houle a emporté deux fois les coffrages. La municipalité assure que l’enveloppe a été tenue à quatre pour cent près, et publiera le détail des marchés avant la fin du mois.',
      'Le résultat se lit d’abord au sol. Quatre voies de circulation sont devenues deux ; l’espace gagné va aux piétons, à une piste cyclable à double sens et à huit cents arbres choisis pour supporter le sel. Les palmiers d’origine ont été déplacés de quelques mètres, un par un, puis replantés. Trois seulement n’ont pas repris.',
      'Reste la question du stationnement, que les commerçants posent depuis le premier jour. Deux parkings relais ouvriront en avril, avec une navette toutes les dix minutes. « En attendant, on va marcher », sourit le gérant d’une brasserie, qui a déjà sorti douze tables sur le trottoir neuf.',
    ],
    quotation: {
      before: 3,
      words: 'On entendait les voitures. Maintenant on entend la mer, et les gens parlent moins fort.',
      by: 'Une habitante de la première rangée d’immeubles',
    },
  },
  {
    slug: 'marche-central',
    section: 'local',
    source: 'Le Quotidien des Remparts',
    author: 'Hicham Bennis',
    minutesAgo: 121,
    standfirst:
      'Après un automne tendu, les premières clémentines sont arrivées en nombre. Sous les auvents, on recommence à acheter au kilo.',
    paragraphs: [
      'À six heures du matin, les camionnettes font la queue jusqu’à la grande arche. Les caisses de clémentines passent de main en main, et avec elles une rumeur qui fait sourire les porteurs : cette semaine, on en a trop. Il y a un mois encore, les mêmes étals se partageaient quelques cagettes à un prix que personne n’osait afficher.',
      'Les grossistes parlent d’une baisse d’un quart en dix jours. Elle tient à la pluie d’octobre, tombée au bon moment sur les vergers du Sud, et à la réouverture de la route du col, qui raccourcit de trois heures le trajet des camions. Les épices, elles, n’ont pas bougé : « elles voyagent plus lentement que les nouvelles », dit un marchand.',
      'Pour les familles, la différence se voit au fond du panier. Une association de consommateurs, qui relève chaque samedi le prix de vingt produits, note le premier recul depuis le printemps. Elle invite pourtant à la prudence : la courgette et la tomate restent chères, et le seront sans doute jusqu’aux serres de février.',
    ],
  },
  {
    slug: 'boulevard-nuit',
    section: 'local',
    source: 'Le Courrier de la Baie',
    author: 'Yanis Morel',
    minutesAgo: 402,
    standfirst:
      'Entre une heure et cinq heures, onze carrefours du grand boulevard clignotent à l’orange. Premier bilan d’une expérience qui divise.',
    paragraphs: [
      'L’idée est venue d’un comptage. Entre une heure et cinq heures du matin, un conducteur qui remonte le grand boulevard s’arrête en moyenne à sept feux, pour laisser passer, sur l’ensemble du trajet, un peu moins de deux voitures. Depuis le début du mois, ces feux clignotent à l’orange et la priorité à droite reprend ses droits.',
      'Le service de la voirie a posé des capteurs sur la chaussée et vingt radars pédagogiques. Les vitesses n’ont pas augmenté, affirme-t-il ; les freinages brusques, si, surtout près de la gare, où les taxis sont nombreux. Deux carrefours ont donc retrouvé leurs feux dès la deuxième semaine.',
      'Les riverains sont partagés. Les uns dorment mieux depuis que les moteurs ne redémarrent plus sous leurs fenêtres. Les autres craignent pour les piétons, rares mais réels, qui rentrent du travail. Une traversée surélevée et mieux éclairée sera essayée devant l’hôpital avant toute décision définitive, attendue au printemps.',
    ],
  },
  {
    slug: 'plan-transports',
    section: 'local',
    source: 'La Tribune du Littoral',
    author: 'Inès Lacroix',
    minutesAgo: 648,
    standfirst:
      'Deux lignes de bus à haut niveau de service, un billet unique, des horaires élargis : le projet tient en soixante pages et en une promesse, attendre moins de huit minutes.',
    paragraphs: [
      'Devant une rangée de micros, la présentation a duré vingt minutes et les questions plus d’une heure. Le plan prévoit deux lignes de bus en site propre, l’une entre la gare et l’université, l’autre le long de la rocade, et un billet unique valable quatre-vingt-dix minutes dans tous les véhicules de l’agglomération.',
      'La nouveauté est ailleurs : dans l’engagement sur l’attente. Aux heures de pointe, aucun voyageur ne devrait patienter plus de huit minutes ; au-delà, le trajet lui sera remboursé. « C’est une manière de nous obliger », ont reconnu les services techniques, qui devront acheter quarante véhicules et former cent dix conducteurs.',
      'Les associations d’usagers saluent la méthode et attendent les chiffres. Elles demandent que les arrêts soient accessibles aux fauteuils dès l’ouverture, et non « dans une deuxième phase ». Les premiers travaux commenceraient en septembre, hors des périodes d’examens.',
    ],
  },
  {
    slug: 'ligne-rapide',
    section: 'local',
    source: 'L’Écho des Plaines',
    author: 'Omar Sefiani',
    minutesAgo: 905,
    standfirst:
      'Un viaduc renforcé, une signalisation neuve, et quinze minutes de moins entre les deux grandes gares à partir du prochain service.',
    paragraphs: [
      'Le train d’essai est passé quatre fois dans la matinée, presque sans bruit, devant quelques amateurs installés sur le talus avec des thermos. À bord, les ingénieurs ont mesuré ce qu’ils espéraient : la ligne peut désormais être parcourue à pleine vitesse sur toute sa partie centrale, y compris sur le viaduc où il fallait jusqu’ici ralentir.',
      'Le gain est d’un quart d’heure sur le trajet complet. Il paraîtra modeste, mais il permet à chaque rame de faire un aller-retour de plus par jour, et donc d’ajouter deux départs aux heures les plus demandées sans acheter un seul train.',
      'Les prix ne changent pas, assure l’exploitant. Les associations de voyageurs réclament en retour que les correspondances avec les lignes de campagne soient recalées : « gagner quinze minutes pour en attendre cinquante sur un quai, ce n’est pas gagner », résume leur porte-parole.',
    ],
  },
];
