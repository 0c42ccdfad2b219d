package io.padrec.datasets;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The words of the synthetic sample: what its invented shop sells, in which tastes, and what is bought after what. */
final class Products {
    /**
     * A kind of product.
     *
     * @param aisle    where it stands; people prefer a few aisles
     * @param families flavour families that it comes in
     * @param sizes    smallest first
     * @param next     names of the products often bought after it
     */
    record Product(String name, String aisle, List<String> families, List<String> sizes, List<String> next) {
        List<String> flavours() {
            return families.stream().flatMap(family -> FLAVOURS.get(family).stream()).toList();
        }
    }

    static final Map<String, List<String>> FLAVOURS = Map.of(
            "herb", List.of("Basil", "Rosemary", "Garlic", "Roasted Onion", "Sea Salt"),
            "hot", List.of("Jalapeno", "Chipotle", "Habanero", "Chili Lime", "Black Pepper"),
            "sweet", List.of("Vanilla", "Caramel", "Honey", "Maple", "Cinnamon"),
            "chocolate", List.of("Dark Chocolate", "Milk Chocolate", "Mocha", "Cocoa Mint"),
            "berry", List.of("Strawberry", "Blueberry", "Raspberry", "Cranberry"),
            "citrus", List.of("Lemon", "Orange", "Grapefruit", "Mandarin"),
            "tropical", List.of("Mango", "Coconut", "Pineapple", "Passion Fruit"),
            "nut", List.of("Almond", "Hazelnut", "Peanut", "Pecan"),
            "meat", List.of("Chicken", "Beef", "Salmon", "Turkey"),
            "scent", List.of("Lavender", "Eucalyptus", "Fresh Linen", "Ocean Breeze", "Unscented"));

    static final List<String> BRANDS = List.of("Quillhaven", "Ostermoor", "Fennbrook", "Tarrowby", "Maplewyck", "Zephrine",
            "Lumivale", "Cindermoss", "Oakhelm", "Brambelle", "Northquay", "Velloria", "Sunmarrow", "Pennigrove", "Halvorn",
            "Kestrelle", "Ambrook", "Driftonne", "Wrenfold", "Goldersby", "Tumbleroot", "Marlowick", "Hexley", "Saltmere",
            "Orlindo", "Bellwyth", "Carrowin", "Juniperra", "Thistlemond", "Pebbleford", "Rookvale", "Silverne", "Yarrowfell",
            "Umberlea", "Ivoryn", "Lanternby");

    private static final List<String> FOOD = List.of("", "Organic", "Gluten Free", "Natural", "Family Value");

    private static final Map<String, List<String>> QUALITIES = Map.of(
            "household", List.of("", "Plant Based", "Sensitive", "Concentrated", "Family Value"),
            "bath", List.of("", "Organic", "Sensitive", "Natural", "Family Value"),
            "pets", List.of("", "Organic", "Grain Free", "Natural", "Family Value"));

    static final List<Product> ALL = """
            Spaghetti          | pasta     | herb                    | 12 oz, 16 oz, 32 oz           | Pasta Sauce, Grated Cheese
            Pasta Sauce        | pasta     | herb, hot               | 15 oz, 24 oz, 45 oz           | Grated Cheese, Olive Oil
            Grated Cheese      | pasta     | herb                    | 5 oz, 8 oz, 16 oz             | Soup, Spaghetti
            Olive Oil          | pasta     | herb, citrus            | 8 fl oz, 17 fl oz, 34 fl oz   | Salad Dressing, Spaghetti
            Salad Dressing     | pasta     | herb, citrus            | 8 fl oz, 12 fl oz, 16 fl oz   | Croutons, Olive Oil
            Croutons           | pasta     | herb, hot               | 5 oz, 8 oz                    | Soup, Salad Dressing
            Granola            | breakfast | berry, nut, sweet       | 11 oz, 17 oz, 28 oz           | Oat Milk, Fruit Spread
            Instant Oatmeal    | breakfast | berry, sweet, nut       | 8 Count, 10 Count, 20 Count   | Oat Milk, Granola
            Oat Milk           | breakfast | sweet, chocolate        | 11 fl oz, 32 fl oz, 64 fl oz  | Granola, Ground Coffee
            Fruit Spread       | breakfast | berry, citrus           | 10 oz, 18 oz                  | Nut Butter, Pancake Mix
            Nut Butter         | breakfast | nut, chocolate          | 12 oz, 16 oz, 28 oz           | Fruit Spread, Crackers
            Pancake Mix        | breakfast | berry, chocolate        | 16 oz, 32 oz                  | Pancake Syrup, Fruit Spread
            Pancake Syrup      | breakfast | sweet, berry            | 12 fl oz, 24 fl oz            | Pancake Mix, Instant Oatmeal
            Ground Coffee      | hot drink | nut, chocolate, sweet   | 10 oz, 12 oz, 30 oz           | Coffee Creamer, Shortbread Cookies
            Coffee Creamer     | hot drink | sweet, nut              | 16 fl oz, 32 fl oz            | Ground Coffee, Biscotti
            Green Tea          | hot drink | citrus, berry           | 20 Bags, 40 Bags, 100 Bags    | Sweetener Sticks, Biscotti
            Sweetener Sticks   | hot drink | sweet, citrus           | 10 Count, 50 Count            | Green Tea, Herbal Tea
            Herbal Tea         | hot drink | tropical, citrus        | 16 Bags, 20 Bags, 40 Bags     | Shortbread Cookies, Sweetener Sticks
            Biscotti           | sweets    | nut, chocolate          | 6 oz, 12 oz                   | Ground Coffee, Candy Bar
            Shortbread Cookies | sweets    | citrus, sweet           | 5 oz, 10 oz                   | Herbal Tea, Candy Bar
            Candy Bar          | sweets    | chocolate, nut, berry   | 3 oz, 4 oz, 10 oz             | Gummy Candy, Biscotti
            Gummy Candy        | sweets    | berry, citrus           | 5 oz, 8 oz, 28 oz             | Hard Candy, Popcorn
            Hard Candy         | sweets    | citrus, tropical        | 4 oz, 9 oz                    | Gummy Candy, Candy Bar
            Potato Chips       | snacks    | herb, hot               | 5 oz, 8 oz, 13 oz             | Chip Dip, Sparkling Water
            Chip Dip           | snacks    | herb, hot               | 9 oz, 15 oz                   | Potato Chips, Crackers
            Tortilla Chips     | snacks    | hot, citrus             | 7 oz, 11 oz, 18 oz            | Salsa, Refried Beans
            Salsa              | snacks    | hot, tropical           | 15 oz, 24 oz                  | Tortilla Chips, Taco Shells
            Popcorn            | snacks    | sweet, hot, herb        | 3 Count, 6 Count, 12 Count    | Fruit Punch, Gummy Candy
            Crackers           | snacks    | herb, nut               | 7 oz, 13 oz                   | Soup, Chip Dip
            Trail Mix          | snacks    | nut, tropical, berry    | 6 oz, 14 oz, 26 oz            | Sparkling Water, Granola
            Taco Shells        | dinner    | hot                     | 10 Count, 12 Count            | Taco Seasoning, Refried Beans
            Taco Seasoning     | dinner    | hot, herb               | 1 oz, 8 oz                    | Refried Beans, Salsa
            Refried Beans      | dinner    | hot, herb               | 16 oz, 30 oz                  | Basmati Rice, Taco Shells
            Basmati Rice       | dinner    | herb, tropical          | 16 oz, 32 oz, 80 oz           | Curry Sauce, Refried Beans
            Curry Sauce        | dinner    | hot, tropical, meat     | 12 oz, 15 oz                  | Basmati Rice, Rice Noodles
            Rice Noodles       | dinner    | meat, hot               | 8 oz, 14 oz                   | Stir Fry Sauce, Curry Sauce
            Stir Fry Sauce     | dinner    | hot, citrus             | 11 fl oz, 15 fl oz            | Rice Noodles, Basmati Rice
            Soup               | dinner    | meat, herb              | 10 oz, 15 oz, 19 oz           | Crackers, Croutons
            Sparkling Water    | drinks    | citrus, berry           | 6 Count, 8 Count, 24 Count    | Fruit Punch, Trail Mix
            Fruit Punch        | drinks    | citrus, berry, tropical | 32 fl oz, 64 fl oz            | Sparkling Water, Potato Chips
            Cake Mix           | baking    | chocolate, sweet, citrus | 15 oz, 18 oz                  | Frosting, Baking Chips
            Frosting           | baking    | chocolate, sweet        | 12 oz, 16 oz                  | Cake Mix, Baking Chips
            Baking Chips       | baking    | chocolate, nut          | 10 oz, 24 oz                  | Cake Mix, Frosting
            Laundry Detergent  | household | scent, citrus           | 46 fl oz, 92 fl oz, 150 fl oz | Fabric Softener, Dryer Sheets
            Fabric Softener    | household | scent                   | 48 fl oz, 103 fl oz           | Dryer Sheets, Laundry Detergent
            Dryer Sheets       | household | scent                   | 40 Count, 80 Count, 240 Count | Laundry Detergent, Dish Soap
            Dish Soap          | household | scent, citrus           | 12 fl oz, 24 fl oz, 38 fl oz  | Surface Cleaner, Hand Soap
            Surface Cleaner    | household | scent, citrus           | 28 fl oz, 32 fl oz            | Dish Soap, Laundry Detergent
            Hand Soap          | bath      | scent, citrus, tropical | 7 fl oz, 12 fl oz, 50 fl oz   | Body Wash, Surface Cleaner
            Body Wash          | bath      | scent, tropical, citrus | 12 fl oz, 18 fl oz, 32 fl oz  | Shampoo, Hand Soap
            Shampoo            | bath      | scent, tropical         | 12 fl oz, 25 fl oz            | Hair Conditioner, Body Wash
            Hair Conditioner   | bath      | scent, tropical         | 12 fl oz, 25 fl oz            | Body Wash, Shampoo
            Dog Food           | pets      | meat                    | 4 lb, 15 lb, 40 lb            | Dog Treats, Cat Food
            Dog Treats         | pets      | meat, nut               | 6 oz, 16 oz                   | Dog Food, Cat Treats
            Cat Food           | pets      | meat                    | 3 oz, 12 Count, 24 Count      | Cat Treats, Dog Food
            Cat Treats         | pets      | meat                    | 2 oz, 6 oz                    | Cat Food, Dog Treats
            """.lines().map(Products::product).toList();

    private Products() {
    }

    /** What a title may say beside brand, flavour and product; the first, the empty one, is by far the most frequent. */
    static List<String> qualities(String aisle) {
        return QUALITIES.getOrDefault(aisle, FOOD);
    }

    private static Product product(String line) {
        String[] cells = line.split("\\|");
        return new Product(cells[0].strip(), cells[1].strip(), list(cells[2]), list(cells[3]),
                list(cells[4]));
    }

    private static List<String> list(String cell) {
        return Arrays.stream(cell.split(",")).map(String::strip).toList();
    }
}
