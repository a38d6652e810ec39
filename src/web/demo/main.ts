import './demo.css';
import { Demonstration } from './demonstration.js';
import { askService } from '../widget/service.js';

const script = document.currentScript;
const { key, next = '/demo', language = '' } = script instanceof HTMLScriptElement ? script.dataset : {};
if (key !== undefined) new Demonstration(askService(location.origin, key), next, language).begin();
