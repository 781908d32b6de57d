// What figures tell on hover and focus, in a box of its own.
const tip = made("div", "tip");
tip.id = "tip";
tip.setAttribute("role", "tooltip");
tip.hidden = true;

function showTip(element, content) {
  tip.replaceChildren(...content);
  tip.hidden = false;
  const box = element.getBoundingClientRect();
  const left = Math.min(Math.max(box.left, 8), innerWidth - tip.offsetWidth - 8);
  const below = box.bottom + 6 + tip.offsetHeight < innerHeight;
  tip.style.left = `${left}px`;
  tip.style.top = `${below ? box.bottom + 6 : Math.max(box.top - tip.offsetHeight - 6, 8)}px`;
}

const hideTip = () => { tip.hidden = true; };
