using Steelyard.Analysis.Linearizability;
using Steelyard.Analysis.Models;
using Steelyard.Formats;
using Steelyard.Histories;

namespace Steelyard.Analysis.Tests.Linearizability;

/// <summary>The recordings kept in histories/: the folder names the verdict.</summary>
public class KeptHistoriesTests
{
    [Theory]
    [InlineData("linearizable", Validity.Valid)]
    [InlineData("not-linearizable", Validity.Invalid)]
    public void Every_kept_recording_has_the_verdict_its_folder_names(string folder, Validity expected)
    {
        var files = Directory.GetFiles(Path.Combine(Root(), "histories", folder));
        Assert.NotEmpty(files);
        foreach (var file in files)
        {
            var model = Path.GetFileName(file).StartsWith("kv", StringComparison.Ordinal)
                ? KnownModels.Kv()
                : KnownModels.CasRegister();
            var verdict = new Linearizable(model).Check(HistoryFile.Read(file));
            Assert.True(verdict.Validity == expected, $"{file}: {verdict.Summary}");
        }
    }

    static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Steelyard.slnx")))
            folder = folder.Parent!;
        return folder.FullName;
    }
}
