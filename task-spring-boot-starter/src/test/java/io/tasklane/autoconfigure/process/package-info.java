/** Applications in processes of their own, told to end. */
package io.tasklane.autoconfigure.process;
