import './demo.css';
import { Demonstration } from './demonstration.js';
import type { ShownPhoto } from './shown-photo.js';
import type { ShownRule } from './shown-rule.js';
import { askService } from '../widget/service.js';

const script = document.currentScript;
const {
  key,
  rule,
  next = '/demo',
  language = '',
  photo,
} = script instanceof HTMLScriptElement ? script.dataset : {};
if (key !== undefined && rule !== undefined) {
  const shown = JSON.parse(rule) as ShownRule;
  const onePhoto = photo === undefined ? null : (JSON.parse(photo) as ShownPhoto);
  new Demonstration(askService(location.origin, key), next, shown, language, onePhoto).begin();
}
