import type { DecisionAction } from '../core/command.js';
import type { Reason } from '../core/reasons.js';

/** Readers who report one picture of the demonstration site. */
export interface ReportedPicture {
  /** DemoPicture.slug */
  readonly slug: string;
  /** How long ago each reader reported it, in minutes, and why. */
  readonly reports: readonly (readonly [minutesAgo: number, reason: Reason, comment?: string])[];
  /** What a moderator then did. */
  readonly decision?: DecisionAction;
}

/**
 * A plausible day of a small news site: much that one reader disliked, two pictures that several reported within the
 * hour, and a moderator who has dealt with half of it.
 */
export const A_DAY: readonly ReportedPicture[] = [
  {
    slug: 'rue-inondee',
    reports: [
      [212, 'misinformation', 'Cette photo circulait déjà lors des inondations d’il y a trois ans.'],
      [205, 'misinformation'],
      [198, 'misinformation', 'Ce n’est pas notre ville : les bus n’ont jamais été de cette couleur.'],
      [191, 'other'],
      [176, 'misinformation', 'Image sortie de son contexte.'],
      [90, 'misinformation'],
    ],
  },
  {
    slug: 'samu-nuit',
    reports: [
      [820, 'privacy', 'On reconnaît la victime.'],
      [811, 'privacy'],
      [804, 'violence'],
      [799, 'privacy', 'La famille n’était pas encore prévenue.'],
      [790, 'violence', 'Difficile à regarder.'],
      [702, 'privacy'],
    ],
    decision: 'block',
  },
  {
    slug: 'marche-climat',
    reports: [
      [1120, 'hate', 'La pancarte au premier plan est insultante.'],
      [1112, 'hate'],
      [1108, 'violence'],
      [1101, 'hate'],
      [1093, 'other', 'Trop de monde'],
    ],
    decision: 'keep',
  },
  {
    slug: 'rentree-scolaire',
    reports: [
      [340, 'privacy', 'Les enfants sont reconnaissables, les parents ont-ils donné leur accord ?'],
      [322, 'privacy'],
      [301, 'privacy', 'Mon fils est sur cette photo.'],
    ],
  },
  {
    slug: 'audience-solennelle',
    reports: [
      [460, 'privacy', 'Un témoin protégé est visible au deuxième rang.'],
      [455, 'privacy'],
      [431, 'other'],
    ],
    decision: 'escalate',
  },
  {
    slug: 'plan-transports',
    reports: [
      [655, 'misinformation', 'Le ministre n’était pas présent.'],
      [640, 'spam'],
      [512, 'misinformation'],
    ],
  },
  { slug: 'bourse-hausse', reports: [[390, 'misinformation', 'L’axe du graphique ne part pas de zéro.']] },
  {
    slug: 'soir-de-derby',
    reports: [
      [1260, 'other', 'Pas le bon stade.'],
      [600, 'spam'],
    ],
  },
  { slug: 'marche-central', reports: [[1305, 'copyright', 'Je suis l’auteur de cette photo.']] },
  { slug: 'saison-sardine', reports: [[980, 'other']] },
  {
    slug: 'medina-restauree',
    reports: [
      [870, 'copyright'],
      [410, 'other', 'Légende erronée.'],
    ],
  },
  {
    slug: 'tour-cycliste',
    reports: [
      [255, 'violence', 'On voit une chute.'],
      [240, 'violence'],
    ],
  },
  { slug: 'paraboles', reports: [[1010, 'spam']] },
  { slug: 'boulevard-nuit', reports: [[145, 'privacy', 'Ma plaque d’immatriculation est lisible.']] },
  {
    slug: 'elections-communales',
    reports: [
      [61, 'misinformation'],
      [38, 'misinformation', 'Urne d’un autre scrutin.'],
    ],
  },
];

/** The publisher vouches for this one: reports only queue. */
export const PROTECTED_PICTURE = 'plan-transports';
