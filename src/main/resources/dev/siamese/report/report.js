'use strict';
(() => {
  const data = JSON.parse(document.getElementById('data').textContent);
  const byId = (id) => document.getElementById(id);
  const number = (value) => value.toLocaleString('en-US');

  const slider = byId('threshold');
  const show = () => {
    const step = Number(slider.value);
    const truePositives = data.accepted[step];
    const falsePositives = data.mistaken[step];
    const trueNegatives = data.different - falsePositives;
    const threshold = data.thresholds[step].toFixed(4);
    byId('threshold-text').textContent = threshold;
    slider.setAttribute('aria-valuetext', 'threshold ' + threshold);
    byId('true-positives').textContent = number(truePositives);
    byId('false-negatives').textContent = number(data.same - truePositives);
    byId('false-positives').textContent = number(falsePositives);
    byId('true-negatives').textContent = number(trueNegatives);
    byId('accuracy').textContent =
      ((truePositives + trueNegatives) / (data.same + data.different)).toFixed(4);
    const mark = byId('mark-histogram');
    mark.setAttribute('x1', data.x[step]);
    mark.setAttribute('x2', data.x[step]);
    // The ROC's own area: false accepts to the right, true accepts upwards.
    const point = byId('mark-roc');
    const box = point.dataset;
    point.setAttribute('cx',
      Number(box.left) + (falsePositives / data.different) * (box.right - box.left));
    point.setAttribute('cy',
      Number(box.bottom) - (truePositives / data.same) * (box.bottom - box.top));
  };
  slider.disabled = false;
  slider.addEventListener('input', show);

  const map = byId('map');
  if (map) {
    const dots = [...map.querySelectorAll('circle')];
    const picture = byId('map-picture');
    let chosen = -1;
    const choose = (next) => {
      if (chosen >= 0) dots[chosen].classList.remove('is-chosen');
      chosen = (next + dots.length) % dots.length;
      const dot = dots[chosen];
      dot.classList.add('is-chosen');
      byId('map-name').textContent = data.names[chosen];
      const scale = 64 / Math.max(data.tile[0], data.tile[1]);
      const rows = Math.ceil(dots.length / data.columns);
      picture.style.width = data.tile[0] * scale + 'px';
      picture.style.height = data.tile[1] * scale + 'px';
      picture.style.backgroundSize =
        data.columns * data.tile[0] * scale + 'px ' + rows * data.tile[1] * scale + 'px';
      picture.style.backgroundPosition =
        -(chosen % data.columns) * data.tile[0] * scale + 'px ' +
        -Math.floor(chosen / data.columns) * data.tile[1] * scale + 'px';
    };
    const nearest = (event) => {
      const box = map.querySelector('svg').getBoundingClientRect();
      const x = ((event.clientX - box.left) / box.width) * 600;
      const y = ((event.clientY - box.top) / box.height) * 340;
      let best = 0;
      let least = Infinity;
      dots.forEach((dot, index) => {
        const distance = (dot.cx.baseVal.value - x) ** 2 + (dot.cy.baseVal.value - y) ** 2;
        if (distance < least) {
          least = distance;
          best = index;
        }
      });
      choose(best);
    };
    map.addEventListener('pointermove', nearest);
    map.addEventListener('pointerdown', nearest);
    map.addEventListener('keydown', (event) => {
      const steps = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
      if (event.key in steps) {
        choose(chosen + steps[event.key]);
        event.preventDefault();
      }
    });
    choose(0);
  }
})();
