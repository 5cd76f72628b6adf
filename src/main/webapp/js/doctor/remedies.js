// @ts-check
/** What makes a reverse proxy let everything through, as its own file has it. */

/** @typedef {{name: string, lines: string}} Remedy */

/** @param {URL} base the address that the page lies under @returns {Remedy[]} */
export function remedies({ pathname, hostname }) {
  return [
    { name: 'nginx', lines: nginx(pathname) },
    { name: 'Apache', lines: apache(pathname) },
    { name: 'Caddy', lines: caddy(pathname, hostname) },
  ];
}

/** @param {string} path */
function nginx(path) {
  return `# within http { }
map $http_upgrade $connection_upgrade {
    default upgrade;
    ''      '';
}

# within server { }
location ${path} {
    proxy_pass http://127.0.0.1:8080/;
    proxy_http_version 1.1;
    proxy_set_header Host $http_host;
    proxy_set_header Upgrade $http_upgrade;
    proxy_set_header Connection $connection_upgrade;
    proxy_buffering off;
    proxy_read_timeout 90s;
}`;
}

/** @param {string} path */
function apache(path) {
  return `# Apache 2.4.47 or later, with mod_proxy and mod_proxy_http
ProxyPreserveHost On
ProxyPass "${path}" "http://127.0.0.1:8080/" upgrade=websocket flushpackets=on timeout=90
SetEnvIf Request_URI "/api/events$" no-gzip`;
}

/** @param {string} path @param {string} host */
function caddy(path, host) {
  return `${host} {
    handle_path ${path}* {
        reverse_proxy 127.0.0.1:8080 {
            flush_interval -1
        }
    }
}`;
}
