import type { Article } from './article.js';

/** Of how people spend their evenings, and of the young. */
export const CULTURE_AND_YOUTH: readonly Article[] = [
  {
    slug: 'medina-restauree',
    section: 'culture',
    source: 'Le Quotidien des Remparts',
    author: 'Claire Amrani',
    minutesAgo: 880,
    standfirst:
      'Ni promoteur ni grand chantier : des familles, des artisans retraités, et des week-ends passés à gâcher la chaux.',
    paragraphs: [
      'Vu des toits, on reconnaît les maisons restaurées à leur blanc un peu plus franc. Elles sont trente, réparties autour du minaret carré, et ont en commun de n’avoir presque rien coûté : les habitants ont acheté ensemble la chaux et le bois, et appris le reste auprès de trois maçons à la retraite.',
      'Le premier chantier a duré un an. Le dernier, six semaines. Entre-temps, un carnet a circulé de porte en porte, où chacun a noté les dosages, les erreurs, les adresses. Il sera imprimé au printemps, avec des dessins, et vendu au profit de la prochaine toiture.',
      'La commune a fini par s’en mêler, pour le meilleur : elle prête les échafaudages et prend en charge l’étude des structures. En échange, les familles s’engagent à ne pas vendre avant dix ans. Sur la place, un olivier a été planté pour chaque maison terminée ; on y pose déjà des chaises.',
    ],
  },
  {
    slug: 'paraboles',
    section: 'culture',
    source: 'Radio Corniche',
    author: 'Leïla Ferrand',
    minutesAgo: 1040,
    standfirst:
      'La fibre arrive dans la cage d’escalier, mais l’antenne reste. Promenade sur les terrasses, à l’heure où l’on règle l’image.',
    paragraphs: [
      'Le technicien a posé la fibre mardi ; mercredi, monsieur Idris est quand même monté resserrer sa parabole. « L’une pour les enfants, l’autre pour moi », explique-t-il, une clé à la main, face au soleil qui descend. Autour de lui, une trentaine d’antennes regardent le même coin du ciel.',
      'On les avait données pour mortes. Les opérateurs comptent pourtant encore, dans les vieux quartiers, deux paraboles pour trois foyers. Elles ne demandent pas d’abonnement, captent des chaînes lointaines, et servent à l’occasion de corde à linge, d’abri à chats ou de point de repère : « la maison à la grande bleue, puis à gauche ».',
      'Une photographe leur consacre une exposition, au centre culturel, jusqu’à la fin du mois. Elle a fait poser les habitants à côté de leur antenne, comme on pose à côté d’une voiture. Beaucoup ont mis une cravate.',
    ],
  },
  {
    slug: 'four-centenaire',
    section: 'culture',
    source: 'Le Courrier de la Baie',
    author: 'Salma Rahal',
    minutesAgo: 700,
    standfirst:
      'On y apporte son pain depuis quatre générations. Pour l’anniversaire, il n’a pas refroidi de la nuit.',
    paragraphs: [
      'Chaque famille a sa marque : deux entailles, un point, une feuille pressée dans la pâte. À la bouche du four, le fournier les reconnaît toutes, et ne se trompe, dit-on, qu’une fois par génération. Son grand-père a allumé le premier feu il y a cent ans cette semaine.',
      'Pour fêter l’anniversaire, les voisins ont apporté du bois d’olivier et de la farine. On a cuit toute la nuit : des pains ronds, des galettes, un agneau aux coings, et les biscuits d’une classe de maternelle qui avait écrit ses prénoms à l’anis.',
      'Le métier se transmet mal, reconnaît le fournier, qui se lève à trois heures. Mais deux apprentis sont arrivés au printemps, dont une ancienne comptable. Le quartier a pris ses précautions : une association est devenue propriétaire du mur, de la cheminée et de la pelle.',
    ],
  },
  {
    slug: 'soir-de-derby',
    section: 'youth',
    source: 'Terrain et Tribune',
    author: 'Bilal Ortega',
    minutesAgo: 1290,
    standfirst:
      'Les portes ont ouvert à quatorze heures ; à quinze, il ne restait plus une place à l’ombre. Récit d’un après-midi d’attente.',
    paragraphs: [
      'Le coup d’envoi n’était qu’à vingt heures, mais les tribunes chantaient déjà à l’heure de la sieste. On était venu avec des sandwichs, des jeux de cartes, des chapeaux de papier. Les deux camps s’étaient donné rendez-vous devant la même grille, et l’on a surtout échangé des pronostics.',
      'Sur la pelouse, le match a tenu ses promesses sans se presser. Un but de chaque côté avant la pause, un poteau, deux arrêts réflexes ; puis un long siège, que la défense a repoussé jusqu’aux dernières secondes. Un partout : personne n’a gagné, et chacun est rentré certain d’avoir mieux joué.',
      'Les clubs avaient promis un derby sans fumigène. Promesse tenue, à une écharpe brûlée près. Le match retour est fixé au mois de mars, et la billetterie prévient : les abonnés seront servis d’abord.',
    ],
  },
  {
    slug: 'tour-cycliste',
    section: 'youth',
    source: 'Terrain et Tribune',
    author: 'Anaïs Benali',
    minutesAgo: 268,
    standfirst:
      'Cent quarante kilomètres au bord de l’eau, puis une rampe à onze pour cent : l’étape du jour n’aura de plat que le paysage.',
    paragraphs: [
      'Sur le papier, c’est une étape de carte postale. La route suit la corniche, tunnel après tunnel, avec la mer à droite jusqu’au dernier ravitaillement. Mais le vent y tourne sans prévenir, et les équipes qui se laissent enfermer dans une bordure ne revoient pas la tête.',
      'Tout se jouera dans la montée finale : trois kilomètres, deux virages, et une rampe à onze pour cent juste avant le phare. Le maillot de leader compte quatorze secondes d’avance sur une grimpeuse que ce profil avantage. Elle a reconnu la côte deux fois, la seconde sous la pluie.',
      'La route sera fermée de onze à dix-sept heures. Les organisateurs demandent aux spectateurs de rester derrière les rubans dans la traversée des villages, et d’y tenir les chiens. Une chute sans gravité, hier, est venue de là.',
    ],
  },
  {
    slug: 'rentree-scolaire',
    section: 'youth',
    source: 'L’Écho des Plaines',
    author: 'Meryem Tazi',
    minutesAgo: 355,
    standfirst:
      'Horaires décalés, cantines rénovées, une heure de lecture le matin : le tour des nouveautés avant la première sonnerie.',
    paragraphs: [
      'Les cartables sont prêts depuis une semaine, les tables depuis hier. Dans les écoles de la ville, la première sonnerie retentira un quart d’heure plus tard que l’an dernier, pour que les plus jeunes ne traversent plus les carrefours dans la nuit. Les garderies ouvriront toujours à sept heures et demie.',
      'Autre changement : la première heure sera consacrée à la lecture, partout, jusqu’en dernière année de primaire. Chacun lit ce qu’il veut, l’enseignant aussi. L’essai mené dans six classes a donné des résultats que les inspecteurs jugent encourageants, « et des enfants qui se chamaillent pour finir un chapitre », ajoute une directrice.',
      'Onze cantines ont été refaites pendant l’été. On y mangera moins de plats réchauffés et davantage de légumes de saison, pour le même tarif. Les parents peuvent consulter les menus affichés à la grille ou demander une visite : deux samedis leur sont réservés en octobre.',
    ],
  },
];
