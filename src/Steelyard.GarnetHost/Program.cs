using System.Runtime.InteropServices;
using Garnet;

// Garnet comes as a library. Here it is a process, so that it can be killed as other servers are: the words
// of the command line are Garnet's own.
using var server = new GarnetServer(args);
using var stopped = new ManualResetEventSlim();
using var asked = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal =>
{
    signal.Cancel = true;
    stopped.Set();
});
server.Start();
stopped.Wait();
