// @ts-check
// Only browsers without modules run this; those cannot run the page.
var words = document.getElementById('old-browser');
if (words) words.hidden = false;
