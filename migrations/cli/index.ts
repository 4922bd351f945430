#!/usr/bin/env node
console.log('curation');
