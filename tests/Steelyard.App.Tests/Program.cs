using Steelyard.App;
using Steelyard.App.Tests.Services;

// The command line with designs of services that are small, wrong or both, and what tests look at inside a
// process that has one worker only: tests start this assembly as a program.
return args is [SteppedServices.Word]
    ? SteppedServices.Run()
    : EntryPoint.Run(args, ServiceDesigns.All);
