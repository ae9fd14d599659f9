using Steelyard.App;
using Steelyard.Designs;

return EntryPoint.Run(args, Catalogue.All);
