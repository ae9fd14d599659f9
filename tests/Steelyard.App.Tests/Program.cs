using Steelyard.App;
using Steelyard.App.Tests.Hosts;
using Steelyard.App.Tests.Services;
using Steelyard.Services.Scheduling;

// Tests start this assembly as a program too: as the command line with designs of services that are small,
// wrong or both; as a host that executes the command lines of many cases; or for what they look at inside a
// process that has one worker only.
if (args is not ([CommandHost.Word] or [EveryHash.Word, ..] or [SteppedServices.Word]))
    return EntryPoint.Run(args, TestDesigns.All);
PoolThread.Prepare();
var code = args switch
{
    [SteppedServices.Word] => SteppedServices.Run(),
    [EveryHash.Word, var seeds, var seedsOfServices, var order] => EveryHash.Write(
        int.Parse(seeds, null), int.Parse(seedsOfServices, null), backwards: order == "backwards"),
    _ => CommandHost.Serve(),
};
// Not by returning: a thread that an application started would keep the process.
Environment.Exit(code);
return code;
