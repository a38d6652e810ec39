const script = document.currentScript;
if (script instanceof HTMLScriptElement) console.log(script.src);
