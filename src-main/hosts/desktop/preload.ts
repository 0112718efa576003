/** The bridge of the desktop window: two functions, and nothing of Electron's own. */
import { contextBridge, ipcRenderer } from 'electron';
import { bridgeKey, eventChannel, invokeChannel, type Bridge } from './bridge.ts';

const bridge: Bridge = {
  call: (name, payload) => ipcRenderer.invoke(invokeChannel, name, payload),
  subscribe(listener) {
    const pass = (_event: unknown, event: unknown) => listener(event);
    ipcRenderer.on(eventChannel, pass);
    return () => void ipcRenderer.removeListener(eventChannel, pass);
  },
};

contextBridge.exposeInMainWorld(bridgeKey, bridge);
