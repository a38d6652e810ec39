import { Places } from '../access/limits/places.js';

/**
 * Places of which each holds a connection. One site leaves a tenth of them to the others, where there are ten: a back end that makes a
 * client for every page view would else keep the changes from all other sites.
 *
 * @param most in all
 */
export const feedPlaces = (most: number): Places => new Places(most, most - Math.floor(most / 10));
