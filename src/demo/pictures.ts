import { chartOnScreen, courtroom, pressConference } from './pictures/affairs.js';
import { medinaRoofs, satelliteDishes, skylineAtDusk, trafficAtNight } from './pictures/city.js';
import { dam, mountainsAndOlives, solarPanels, wheatField } from './pictures/country.js';
import type { Scene } from './pictures/paint.js';
import { breadStall, marketStalls, protestCrowd } from './pictures/people.js';
import { ambulance, fishingBoats, portWithCranes, train } from './pictures/sea-and-rail.js';
import { ballotBox, bicycleRace, footballStadium, schoolMorning } from './pictures/sport-and-school.js';
import { floodedStreet, stormClouds } from './pictures/weather.js';

/** A picture of the demonstration site and the invented article that it illustrates. */
export interface DemoPicture {
  /** From 1 to 24, in the order of the page. */
  readonly number: number;
  readonly slug: string;
  /** The headline, in French. */
  readonly title: string;
  /** What the picture shows, in French. */
  readonly alt: string;
  /** Of the article, from the site's root. */
  readonly pagePath: string;
  readonly scene: Scene;
}

type Article = readonly [slug: string, scene: Scene, title: string, alt: string];

const ARTICLES: readonly Article[] = [
  [
    'front-de-mer',
    skylineAtDusk,
    'Le front de mer rouvre aux promeneurs après deux ans de travaux',
    'La ligne des immeubles au-dessus de la baie, au crépuscule, entre des palmiers',
  ],
  [
    'marche-central',
    marketStalls,
    'Au marché central, les agrumes reviennent et les prix se calment',
    'Deux étals de fruits et d’épices sous des auvents rayés, devant une grande arche',
  ],
  [
    'soir-de-derby',
    footballStadium,
    'Derby : le stade fait le plein dès l’après-midi',
    'Un stade éclairé par des projecteurs, des joueurs et un ballon au centre du terrain',
  ],
  [
    'plan-transports',
    pressConference,
    'Transports : le nouveau plan présenté devant la presse',
    'Une personne à un pupitre couvert de micros, face aux caméras',
  ],
  [
    'recolte-olives',
    mountainsAndOlives,
    'Une récolte d’olives attendue en hausse au pied des sommets',
    'Des oliviers devant des montagnes enneigées',
  ],
  [
    'trafic-conteneurs',
    portWithCranes,
    'Le port bat son record mensuel de conteneurs',
    'Un porte-conteneurs à quai sous trois grues orange',
  ],
  [
    'alerte-orages',
    stormClouds,
    'Orages : vigilance renforcée dans les plaines jusqu’à jeudi',
    'Un éclair sous de lourds nuages, une maison et une route dans la plaine',
  ],
  [
    'bourse-hausse',
    chartOnScreen,
    'La Bourse termine la semaine sur une note optimiste',
    'Une courbe qui monte sur un écran, au-dessus d’un clavier et d’une tasse',
  ],
  [
    'marche-climat',
    protestCrowd,
    'Des milliers de jeunes défilent pour le climat',
    'Une foule vue de dos, avec des drapeaux et des pancartes, au soleil couchant',
  ],
  [
    'samu-nuit',
    ambulance,
    'Une nuit avec les équipes du service d’aide médicale',
    'Une ambulance, gyrophares allumés, dans une rue la nuit',
  ],
  [
    'audience-solennelle',
    courtroom,
    'Le tribunal ouvre son année par une audience solennelle',
    'Trois juges derrière leur banc, sous une grande balance dorée',
  ],
  [
    'ligne-rapide',
    train,
    'La ligne à grande vitesse gagne un quart d’heure',
    'Un train blanc lancé dans la campagne',
  ],
  [
    'centrale-solaire',
    solarPanels,
    'Une centrale solaire de plus entre en service dans le Sud',
    'Des rangées de panneaux solaires et une éolienne sous un grand soleil',
  ],
  [
    'saison-sardine',
    fishingBoats,
    'La saison de la sardine commence dans le calme',
    'Des barques de pêche bleues au lever du soleil',
  ],
  [
    'medina-restauree',
    medinaRoofs,
    'Dans la médina, trente maisons restaurées par leurs habitants',
    'Les toits d’une médina autour d’un minaret carré',
  ],
  [
    'rentree-scolaire',
    schoolMorning,
    'Rentrée : ce qui change dans les écoles cette année',
    'Des enfants, cartable au dos, devant l’entrée d’une école',
  ],
  [
    'moisson',
    wheatField,
    'Céréales : une moisson meilleure que prévu',
    'Une moissonneuse rouge dans un champ de blé mûr',
  ],
  [
    'barrages-remplis',
    dam,
    'Les barrages remplis aux deux tiers après les pluies',
    'L’eau jaillit de trois vannes d’un barrage-voûte',
  ],
  [
    'paraboles',
    satelliteDishes,
    'Sur les toits, la parabole résiste encore à la fibre',
    'Des antennes paraboliques sur un toit, le soir',
  ],
  [
    'boulevard-nuit',
    trafficAtNight,
    'Circulation : le grand boulevard à l’essai sans feux la nuit',
    'Les traînées de phares d’un boulevard, la nuit',
  ],
  [
    'four-centenaire',
    breadStall,
    'Le four du quartier fête ses cent ans',
    'Des pains ronds devant la bouche d’un four allumé',
  ],
  [
    'tour-cycliste',
    bicycleRace,
    'Tour cycliste : une étape de corniche promise aux grimpeurs',
    'Des coureurs à vélo sur une route au bord de la mer',
  ],
  [
    'rue-inondee',
    floodedStreet,
    'Inondations : les habitants mis à l’abri, l’eau se retire',
    'Une barque de secours dans une rue inondée, sous la pluie',
  ],
  [
    'elections-communales',
    ballotBox,
    'Élections communales : les bureaux de vote ouverts jusqu’à 19 heures',
    'Une main glisse un bulletin dans une urne transparente',
  ],
];

export const PICTURES: readonly DemoPicture[] = ARTICLES.map(([slug, scene, title, alt], index) => ({
  number: index + 1,
  slug,
  title,
  alt,
  pagePath: `/articles/${slug}`,
  scene,
}));
