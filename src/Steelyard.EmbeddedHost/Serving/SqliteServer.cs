using System.Net;
using System.Net.Sockets;

namespace Steelyard.EmbeddedHost.Serving;

/// <summary>
/// A process that has opened a file of SQLite. Whoever connects has a connection to the file of its own, in a
/// thread of its own, and tells it a statement a line.
/// </summary>
internal static class SqliteServer
{
    /// <summary>Serves until it is told to end.</summary>
    public static int Run(HostOptions options)
    {
        SQLitePCL.Batteries_V2.Init();
        var file = new ServedFile(
            options["file"], options["locks"], options["journal"], options["synchronous"],
            TimeSpan.FromMilliseconds(options.Number("patience")));
        using var listener = new TcpListener(IPAddress.Parse(options["address"]), options.Number("port"));
        listener.Start();
        while (true)
        {
            var client = listener.AcceptTcpClient();
            client.NoDelay = true;
            new Thread(() => Serve(client, file)) { IsBackground = true }.Start();
        }
    }

    // When a client hangs up, its connection to the file is closed, and with it goes its transaction.
    static void Serve(TcpClient client, ServedFile file)
    {
        using (client)
        using (var seat = new SqliteSeat(file))
        {
            try
            {
                using var stream = client.GetStream();
                using var requests = new StreamReader(stream);
                while (requests.ReadLine() is { } line)
                    stream.Write(SqliteWire.Answer(seat, line));
            }
            catch (IOException)
            {
                // It has gone in the midst of something.
            }
        }
    }
}
