import { describe, expect, it } from 'vitest';
import { compactDay, nthDay, readStats, viewsOf } from './webStatsFile.ts';

const GA4 = `# ----------------------------------------
# Páginas y pantallas: Ruta de la página y clase de la pantalla
# Cuenta: Cuenta Clara
# Propiedad: web
# ----------------------------------------
#
# Todos los usuarios
# Fecha de inicio: 20261101
# Fecha de finalización: 20261107
Día n.º,Usuarios activos
0000,120
0001,98

# Todos los usuarios
# Fecha de inicio: 20261101
# Fecha de finalización: 20261107
Ruta de la página y clase de la pantalla,Vistas,Usuarios activos,Vistas por usuario activo,Ingresos totales
/articulos/cierre,"1.234,0",800,"1,54",0
/articulos/cierre/?utm_source=x,66,60,"1,1",0
(not set),3,3,1,0
,1303,863,,0
`;

describe('a file of web statistics', () => {
  it('of Google Analytics in Spanish: the table of pages among its # lines, with the days they name', () => {
    const file = readStats(GA4);
    expect(file?.span).toEqual({ from: '2026-11-01', to: '2026-11-07' });
    expect(file?.columns).toEqual({ page: 'Ruta de la página y clase de la pantalla', views: 'Vistas', day: null, host: null });
    expect(file?.rows.map((row) => [row.line, row.page, row.views])).toEqual([[18, '/articulos/cierre', 1234], [19, '/articulos/cierre/?utm_source=x', 66], [20, '(not set)', 3], [21, '', 1303]]);
  });
  it('in English, with a day counted from the first and a host of its own', () => {
    const file = readStats('# Start date: 20261101\n# End date: 20261102\nNth day,Hostname,Page path + query string,Page title,Views\n0001,www.example.com,/a?b=1,Views of A,12\n');
    expect(file?.rows).toEqual([{ line: 4, page: '/a?b=1', host: 'www.example.com', views: 12, viewsWord: '12', dayWord: '', nth: 1 }]);
    expect(file && nthDay(file.span ?? { from: '', to: '' }, 1)).toBe('2026-11-02');
    expect(nthDay({ from: '2026-11-01', to: '2026-11-02' }, 2)).toBeNull();
  });
  it('of any other program: page, views and date, by comma, semicolon or tab', () => {
    for (const mark of [',', ';', '\t']) expect(readStats(['fecha', 'página', 'visitas'].join(mark) + '\n' + ['24/11/2026', 'https://example.com/a', '7'].join(mark))?.rows, mark).toEqual([{ line: 2, page: 'https://example.com/a', host: '', views: 7, viewsWord: '7', dayWord: '24/11/2026', nth: null }]);
    for (const none of ['', 'título;tema\na;b', 'Título de la página,Vistas\nA,3', '# solo esto', 'Vistas por usuario,página\n1,/a']) expect(readStats(none), none).toBeNull();
    expect(compactDay('20261124')).toBe('2026-11-24');
    expect(compactDay('24/11/2026')).toBeNull();
  });
  it('writes its numbers as people and programs do', () => {
    for (const [word, views] of [['1234', 1234], ['1.234,5', 1235], ['1,234.4', 1234], ['1.234', 1234], ['1,234', 1234], ['12,5', 13], ['1 234', 1234], ['1\u00a0234\u202f567', 1234567], ['1.234.567', 1234567], ['0', 0], ["1'234", 1234], ['7.0', 7]] as const) expect(viewsOf(word), word).toBe(views);
    for (const none of ['', '-', '-3', '3 %', 'n/d', '1e9', '99999999999999999999', '.5']) expect(viewsOf(none), none).toBeNull();
  });
});
