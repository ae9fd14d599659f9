using Steelyard.EmbeddedHost;
using Steelyard.EmbeddedHost.Measuring;
using Steelyard.EmbeddedHost.Serving;

// Embedded stores live in the process that uses them. Here that is a process of its own, so that it can be
// killed as a server is, and so that what the kernel counts of it is the store's alone.
PackagedLibraries.Offer();
return args switch
{
    ["serve", .. var words] => SqliteServer.Run(HostOptions.Of(words)),
    ["measure", .. var words] => StoreTrial.Run(HostOptions.Of(words)),
    _ => throw new ArgumentException($"expected serve or measure, found \"{string.Join(' ', args)}\""),
};
