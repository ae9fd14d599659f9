using Steelyard.App;
using Steelyard.App.Tests.Services;

// The command line with designs of services that are small, wrong or both: tests start this assembly as a
// program.
return EntryPoint.Run(args, ServiceDesigns.All);
