/** The window's own styles, in their order; those of its parts come after them, with their scripts. */
import '@fontsource-variable/inter';
import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import '@mantine/spotlight/styles.css';
import './styles/tokens.css';
import './styles/base.css';
import './styles/deck.css';
import './styles/composer.css';
import './styles/calendar.css';
import './styles/inbox.css';
import './styles/activity.css';
