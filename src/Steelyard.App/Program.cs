using Steelyard.App;
using Steelyard.App.Terminals;
using Steelyard.Designs;

return CommandLine.Execute(args, Catalogue.All, Terminal.OfProcess());
