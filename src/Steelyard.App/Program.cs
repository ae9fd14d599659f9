using Steelyard.App;

return EntryPoint.Run(args, EveryDesign.All);
