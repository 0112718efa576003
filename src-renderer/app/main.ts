/** Entry of the renderer: one client over the transport of this page, one set of stores, one app. */
import '../styles/base.css';
import { mount } from 'svelte';
import { openDesk } from '../stores/open-desk.ts';
import App from './App.svelte';

const target = document.getElementById('app');
if (target === null) throw new Error('The page has no #app element.');
mount(App, { target, props: { stores: openDesk() } });
