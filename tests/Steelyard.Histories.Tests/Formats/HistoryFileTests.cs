using System.IO.Compression;
using System.Text;
using Steelyard.Histories.Formats;

namespace Steelyard.Histories.Tests.Formats;

public class HistoryFileTests
{
    [Fact]
    public void Recorded_etcd_logs_are_read_whole()
    {
        foreach (var file in SharedHistories.Files("porcupine/jepsen", "*.log"))
        {
            var events = File.ReadLines(file).Count(line => line.Length > 0);
            var read = HistoryFile.Read(file, ReadOptions.Default);
            Assert.Equal(HistoryFormat.PorcupineLog, read.Format);
            Assert.Equal(events, read.History.EventCount);
        }
    }

    [Fact]
    public void Recorded_key_value_files_are_read_whole_with_their_keys()
    {
        foreach (var file in SharedHistories.Files("porcupine/kv", "*.txt"))
        {
            var events = File.ReadLines(file).Count(line => line.Length > 0);
            var read = HistoryFile.Read(file, ReadOptions.Default);
            Assert.Equal(HistoryFormat.PorcupineKv, read.Format);
            Assert.Equal(events, read.History.EventCount);
            Assert.All(read.History.Keys, key => Assert.Equal(ValueKind.Text, key.Kind));
        }
    }

    [Theory]
    [InlineData("knossos", "*.edn")]
    [InlineData("elle-cli", "*.edn")]
    [InlineData("elle-cli", "*.json")]
    [InlineData("generated", "*.edn")]
    [InlineData("elle", "huge-scc.edn")]
    public void Recorded_Jepsen_files_are_read(string folder, string pattern)
    {
        foreach (var file in SharedHistories.Files(folder, pattern))
        {
            var history = HistoryFile.Read(file);
            Assert.True(history.Count > 0, file);
        }
    }
}
