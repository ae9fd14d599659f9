using Steelyard.EmbeddedHost;
using Steelyard.EmbeddedHost.Serving;

// Embedded stores live in the process that uses them. Here that is a process of its own, so that it can be
// killed as a server is.
return args is ["serve", .. var words]
    ? SqliteServer.Run(HostOptions.Of(words))
    : throw new ArgumentException($"expected serve, found \"{string.Join(' ', args)}\"");
