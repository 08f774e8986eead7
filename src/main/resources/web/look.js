// Before anything is drawn, so that a page in the dark does not flash.
{
  const look = localStorage.getItem('look');
  if (look === 'light' || look === 'dark') {
    document.documentElement.dataset.look = look;
  }
}
