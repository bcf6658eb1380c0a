/** Small parts that the tools of a diagram are made of. */

/** A button with a picture of 16 by 16 units; the key that does the same is told in its tooltip. */
export function iconButton(label: string, path: string, key: string, act: () => void): HTMLButtonElement {
  const button = textButton('', label, act);
  button.title = key === '' ? label : `${label} (${key})`;
  setIcon(button, path);
  return button;
}

export function setIcon(button: HTMLButtonElement, path: string): void {
  button.innerHTML = `<svg viewBox="0 0 16 16" aria-hidden="true"><path d="${path}"/></svg>`;
}

export function textButton(text: string, label: string, act: () => void): HTMLButtonElement {
  const button = plainButton(text, act);
  button.className = 'pl-tool';
  button.title = label;
  button.ariaLabel = label;
  return button;
}

export function plainButton(text: string, act: () => void): HTMLButtonElement {
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = text;
  // A disabled button would lose the focus, so it stays and does nothing.
  button.addEventListener('click', () => {
    if (button.ariaDisabled !== 'true') act();
  });
  return button;
}

export function setDisabled(button: HTMLButtonElement, isDisabled: boolean): void {
  button.ariaDisabled = isDisabled ? 'true' : null;
}

export function group(className: string, label: string, children: Element[]): HTMLElement {
  const element = document.createElement('div');
  element.className = className;
  element.role = 'group';
  element.ariaLabel = label;
  element.append(...children);
  return element;
}
