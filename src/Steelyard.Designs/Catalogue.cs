using Steelyard.Designs.Bank;
using Steelyard.Designs.Chat;
using Steelyard.Designs.Kv;
using Steelyard.Designs.Register;
using Steelyard.Designs.Systems;
using Steelyard.Histories;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Designs;

/// <summary>The designs that come with the house.</summary>
public static class Catalogue
{
    /// <summary>All of them, in the order of the list.</summary>
    public static IReadOnlyList<IDesign> All { get; } =
        [new BankDesign(), new ChatDesign(), new RegisterDesign(), new KvDesign(), .. SystemCatalogue.All];

    /// <summary>The design of a name.</summary>
    /// <exception cref="UserMistakeException">There is none; the message lists those there are.</exception>
    public static IDesign Find(string name) =>
        All.FirstOrDefault(design => design.Name == name)
        ?? throw new UserMistakeException(
            $"expected a design ({string.Join(", ", All.Select(design => design.Name))}),"
            + $" found \"{name}\"{Suggestion.For(name, All.Select(design => design.Name))}");
}
